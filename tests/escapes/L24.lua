-- A yield out of what the host called.
local function tries()
    table.sort({ 3, 1, 2 }, function() coroutine.yield() end)
end
local function gsubs()
    return (("abc"):gsub(".", function() coroutine.yield() end))
end
local function loads()
    return assert(load(function() coroutine.yield() end))
end
for _, f in ipairs { tries, gsubs, loads } do
    if coroutine.resume(coroutine.create(f)) then
        print("ESCAPED")
    end
end
coroutine.yield()
