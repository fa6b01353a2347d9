-- Lengths that lie.
local function liar()
    return setmetatable({}, { __len = function() return 1 << 62 end,
                              __index = function() return 1 end })
end
table.insert(liar(), 1)
table.remove(liar())
table.concat(liar())
table.unpack(liar())
table.sort(liar())
for _, f in ipairs {
    function() table.insert(liar(), 1 << 60, 1) end,
    function() table.remove(liar(), 1 << 60) end,
    function() table.move({}, 1, math.maxinteger - 1, 2) end,
    function() table.move({}, math.mininteger, -1, 2) end,
    function() table.move({}, 1, 10, math.maxinteger - 2) end,
    function() table.concat({}, "", 1, 1 << 40) end,
    function() table.concat({}, "", math.mininteger, math.maxinteger) end,
    function() table.unpack({}, 1, 1 << 30) end,
    function() table.unpack({}, math.mininteger, math.maxinteger) end,
} do
    if pcall(f) then
        print("ESCAPED")
    end
end
table.move({}, 1, math.maxinteger - 1, 2)
