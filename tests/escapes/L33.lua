-- Texts too deep to be read.
local n = 100000
for _, text in ipairs {
    "return " .. ("("):rep(n) .. "1" .. (")"):rep(n),
    "return " .. ("{"):rep(n) .. ("}"):rep(n),
    "return " .. ("- "):rep(n) .. "1",
    "return " .. ("not "):rep(n / 2) .. "1",
    "return " .. ("2^"):rep(n / 2) .. "1",
    "return " .. ("'a'.."):rep(n / 4) .. "'a'",
    ("do "):rep(n / 4) .. ("end "):rep(n / 4),
    ("function f() "):rep(n / 20) .. ("end "):rep(n / 20),
} do
    local f = load(text)
    if f then
        print("ESCAPED", text:sub(1, 20))
    end
end
assert(load("return " .. ("("):rep(n)))
