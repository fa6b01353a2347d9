-- Time, back and forth.
if not m then
    error("there is no machine here")
end
for i = 1, 60 do
    m:spawn { name = "x" .. i }
    m:switch { task = "x" .. i }
end
while true do
    m:goto_ "t0"
    m:redo(60)
    m:diff("t0", ".")
    m:ledger()
end
