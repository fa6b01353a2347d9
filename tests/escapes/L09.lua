-- The library replaced, for whoever comes next.
local function evil()
    return "evil"
end
for _, try in ipairs {
    function() string.format = evil end,
    function() _G.print = evil end,
    function() print = evil end,
    function() rawset(string, "format", evil) end,
    function() rawset(_G, "print", evil) end,
    function() setmetatable(_G, { __index = evil }) end,
    function() setmetatable(string, { __index = evil }) end,
    function() table.insert(table, evil) end,
    function() table.move({ evil }, 1, 1, 1, math) end,
    function() m.switch = evil end,
    function() amm.lesson = evil end,
} do
    if pcall(try) then
        print("ESCAPED")
    end
end
error("all refused")
