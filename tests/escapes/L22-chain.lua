-- Coroutines in coroutines.
local function f()
    coroutine.wrap(f)()
end
f()
