-- Memory that stays taken, in globals.
keep = {}
for i = 1, 1000 do
    keep[i] = ("x"):rep(1000000) .. i
end
print("ESCAPED")
