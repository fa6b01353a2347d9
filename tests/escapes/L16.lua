-- pcall that calls itself twice.
local function f()
    pcall(f)
    f()
end
f()
