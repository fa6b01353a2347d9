-- Metamethods that return what they should not.
local odd = setmetatable({}, { __tostring = function() return {} end,
                               __name = 1,
                               __len = function() return "many" end,
                               __pairs = function() return 1, 2, 3 end,
                               __index = function() coroutine.yield() end })
for _, try in ipairs { function() print(odd) end,
                       function() for _ in pairs(odd) do end end,
                       function() return #odd + 1 end,
                       function() return odd.x end } do
    if pcall(try) then
        print("ESCAPED")
    end
end
print(odd)
