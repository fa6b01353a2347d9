-- Chunks without an environment.
local function none()
    local _ENV = nil
    return print("ESCAPED")
end
if pcall(none) or pcall(load("x = 1", "c", "t", nil)) then
    print("ESCAPED")
end
local inner = load("return print, string", "c", "t", {})
if inner() then
    print("ESCAPED")
end
none()
