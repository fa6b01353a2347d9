-- Nothing, repeated for ever.
if string.rep("", 1 << 62) ~= "" then
    print("ESCAPED")
end
string.rep("", 1 << 62, "x")
print("ESCAPED")
