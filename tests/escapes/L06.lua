-- Files read as chunks; dofile() alone would read what is typed.
for _, try in ipairs { function() loadfile("/etc/passwd") end,
                       function() dofile() end,
                       function() dofile("/etc/passwd") end } do
    if pcall(try) then
        print("ESCAPED")
    end
end
error("none of it is there")
