-- A locale whose point is a comma.
if tonumber("1.5") ~= 1.5 or tostring(1.5) ~= "1.5" or tonumber("1,5")
    or ("%.1f"):format(1.5) ~= "1.5" or load("return 1.5")() ~= 1.5 then
    print("ESCAPED")
end
error("a point is a point")
