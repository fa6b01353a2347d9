-- A replacement that replaces.
local function f(s)
    return (s:gsub(".", f))
end
f("a")
print("ESCAPED")
