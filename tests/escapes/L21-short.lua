-- A new coroutine for each few instructions.
while true do
    coroutine.resume(coroutine.create(function() local x = 1 end))
end
