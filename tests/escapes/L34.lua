-- Texts too wide to be compiled.
local names, uses, labels = {}, {}, {}
for i = 1, 300 do
    names[i] = "local a" .. i .. " = " .. i
    uses[i] = "a" .. i
end
for i = 1, 20000 do
    labels[i] = "::l" .. i .. "::"
end
local half, rest = {}, {}
for i = 1, 150 do
    half[i], rest[i] = names[i], names[i + 150]
end
local all = table.concat(half, "\n") .. "\nlocal function f()\n"
    .. table.concat(rest, "\n") .. "\nreturn function() return "
    .. table.concat(uses, "+") .. " end end"
for _, text in ipairs {
    table.concat(names, "\n"),
    all,
    "return '" .. ("x"):rep(1000000) .. "'",
} do
    if load(text) then
        print("ESCAPED", text:sub(1, 20))
    end
end
load(table.concat(labels, "\n"))
load("return {" .. ("1,"):rep(100000) .. "}")
assert(load(("x = 1 "):rep(150000)))
