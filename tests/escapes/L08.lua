-- The metatable that all strings share.
getmetatable("").__index = function()
    return "ESCAPED"
end
print(("x").y)
