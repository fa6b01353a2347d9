-- Coroutines too short to be counted.
local function deep(n)
    for i = 1, 100 do
        if n > 0 then
            coroutine.wrap(deep)(n - 1)
        end
    end
end
while true do
    deep(5)
end
