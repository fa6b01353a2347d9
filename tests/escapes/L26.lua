-- Memory: in one piece, doubled, by items, by format.
local function doubles()
    local s = "x"
    while true do
        s = s .. s
    end
end
local function items()
    local t = {}
    for i = 1, 1e9 do
        t[i] = i
    end
end
local function many()
    local t
    while true do
        t = { t, {}, {}, "x" }
    end
end
local function formats()
    local s = ("x"):rep(1000000)
    return ("%s%s"):format(s, s)
end
local function pieces()
    local t = {}
    for i = 1, 1000 do
        t[i] = ("x"):rep(1000000) .. i
    end
end
local function reps()
    return ("x"):rep(1 << 40)
end
for _, f in ipairs { doubles, items, formats, pieces, reps, many } do
    if pcall(f) then
        print("ESCAPED")
    end
end
many()
