-- Long strings made for ever.
local a = ("x"):rep(500000)
while true do
    local b = a .. a
    b = b:upper():lower():reverse()
end
