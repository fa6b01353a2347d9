-- Packing that takes long.
pcall(string.pack, "c2000000000", "")
while true do
    local s = string.pack("!16 i16 i16 c1000", 1, 2, "x")
end
