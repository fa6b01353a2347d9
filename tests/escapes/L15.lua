-- The error of the budget, caught again and again.
local function loop()
    while true do
    end
end
while true do
    pcall(loop)
end
