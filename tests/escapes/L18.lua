-- A finalizer, which nobody watches.
local function loop()
    while true do
    end
end
local mt = {}
local t = setmetatable({}, mt)
mt.__gc = loop
t = nil
setmetatable({}, { __gc = loop })
print("ESCAPED")
