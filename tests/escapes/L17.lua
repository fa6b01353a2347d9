-- A message handler, where Lua runs without hooks.
local function loop()
    while true do
    end
end
xpcall(loop, loop)
