-- Whatever would differ from run to run.
for _, value in ipairs { {}, print, coroutine.create(print), m or {} } do
    if tostring(value):find("0x") or ("%s"):format(value):find("0x") then
        print("ESCAPED", "an address")
    end
end
if math.random or math.randomseed then
    print("ESCAPED", "chance")
end
local t, seen = {}, {}
for i = 1, 100 do
    t["k" .. i] = i
end
for key in pairs(t) do
    seen[#seen + 1] = key
end
for i = 2, #seen do
    if seen[i] < seen[i - 1] then
        print("ESCAPED", "order")
    end
end
if pcall(function() for _ in pairs { [{}] = 1 } do end end) then
    print("ESCAPED", "order of addresses")
end
print(("%p"):format({}))
