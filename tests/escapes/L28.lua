-- More values than a stack holds.
local long = ("x"):rep(1000000)
for _, f in ipairs {
    function() return select("#", table.unpack({}, 1, 100000)) end,
    function() return select("#", long:byte(1, -1)) end,
    function() return select("#", utf8.codepoint(long, 1, -1)) end,
    function() return string.char(long:byte(1, -1)) end,
    function() return long:find(("()"):rep(100)) end,
} do
    if pcall(f) then
        print("ESCAPED")
    end
end
table.unpack({}, 1, 1e6)
