-- Formats that take long.
while true do
    local s = ("%99.99f"):format(1e308)
end
