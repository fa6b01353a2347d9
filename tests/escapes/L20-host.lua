-- Metamethods where the host reads a table.
local function loop()
    while true do
    end
end
local trap = { __index = loop, __len = loop, __pairs = loop, __eq = loop,
               __lt = loop, __concat = loop, __call = loop, __name = {} }
local t = setmetatable({}, trap)
m = m or { switch = print }
pcall(m.switch, m, t)
pcall(m.switch, m, { task = t })
table.concat(t)
table.insert(t, 1)
table.unpack(t)
table.sort(t)
next(t)
rawequal(t, t)
if tostring(t) ~= "table" then
    print("ESCAPED")
end
error(t)
