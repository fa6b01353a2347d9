-- A finalizer, set again on a metatable that got one later.
local mt = {}
setmetatable({}, mt)
mt.__gc = print
setmetatable({}, mt)
print("ESCAPED")
