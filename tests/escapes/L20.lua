-- A metamethod that never returns to the host.
print(setmetatable({}, { __tostring = function()
    while true do
    end
end }))
