-- A million coroutines, all alive.
local t = {}
for i = 1, 1000000 do
    t[#t + 1] = coroutine.wrap(function() coroutine.yield() end)
    t[#t]()
end
print("ESCAPED")
