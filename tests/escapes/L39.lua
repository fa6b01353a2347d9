-- Errors while an error is handled, with no memory left.
local keep = {}
pcall(function()
    while true do
        keep = { keep, ("x"):rep(1000) .. tostring(#keep) }
    end
end)
local function f()
    local x <close> = setmetatable({}, { __close = function(_, e)
        error({ e, ("y"):rep(900000) })
    end })
    local y <close> = setmetatable({}, { __close = function(_, e)
        error(tostring(e) .. ("z"):rep(900000))
    end })
    error("first")
end
for i = 1, 100 do
    pcall(f)
end
xpcall(f, f)
f()
