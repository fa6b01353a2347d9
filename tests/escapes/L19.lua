-- What is closed when an error passes.
local function loop()
    while true do
    end
end
while true do
    pcall(function()
        local x <close> = setmetatable({}, { __close = loop })
        loop()
    end)
end
