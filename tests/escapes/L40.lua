-- Handles that are not, or not any more, what they say.
local function refused(f, ...)
    if pcall(f, ...) then
        print("ESCAPED")
    end
end
if m then
    refused(m.switch, io, "sh")
    refused(m.switch, {}, "sh")
    refused(m.switch, coroutine.create(print), "sh")
    refused(m.ps, setmetatable({}, { __index = m }))
    refused(function() getmetatable(m).__gc(m) end)
    refused(function() setmetatable(m, {}) end)
    refused(function() m.x = 1 end)
    local init = m:task("init")
    refused(function() init.pid = 2 end)
    refused(rawset, init, "pid", 2)
    refused(m.switch, m, { pid = 1 })
    if not m:task(init) then
        print("ESCAPED: it was good before")
    end
    m:boot {}
    refused(m.switch, m, init)
    refused(m.ask, m, "nothing")
end
error("all refused")
