-- Patterns that each take almost as long as they may.
local s = ("a"):rep(300)
while true do
    pcall(s.find, s, ".-.-.-b")
    s:gsub(".-", "%0")
    for w in s:gmatch("a-") do
    end
end
