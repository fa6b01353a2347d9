-- Long strings compared for ever.
local a, b = ("x"):rep(1000000) .. "a", ("x"):rep(1000000) .. "a"
while true do
    local same = a == b and a <= b
end
