-- A comparison that lies.
local t = {}
for i = 1, 1000 do
    t[i] = i % 7
end
table.sort(t, function() return true end)
table.sort(t, function(a, b) return a <= b end)
table.sort(t, function() return #t % 2 == 0 end)
for i = 1, 1000 do
    if type(t[i]) ~= "number" then
        print("ESCAPED")
    end
end
table.sort(t, function(a, b) table.remove(t) return a < b end)
table.sort({ 1, "x" })
