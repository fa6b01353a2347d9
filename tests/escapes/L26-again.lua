-- Memory that runs out again and again.
local keep = {}
pcall(function()
    for i = 1, 1e9 do
        keep[i % 60000 + 1] = { keep[i % 60000 + 1] }
    end
end)
while true do
    pcall(string.rep, "x", 1000000)
end
