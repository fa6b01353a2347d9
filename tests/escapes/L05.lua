-- What reaches the system.
for _, name in ipairs { "os", "io", "package", "require", "debug", "loadlib" } do
    if _G[name] ~= nil then
        print("ESCAPED", name)
    end
end
local tries = {
    function() os.execute("id") end,
    function() print(io.open("/etc/passwd"):read("a")) end,
    function() require("os").exit() end,
    function() debug.sethook() end,
    function() package.loadlib("libc.so.6", "*") end,
}
for i, try in ipairs(tries) do
    if pcall(try) then
        print("ESCAPED", i)
    end
end
error("none of it is there")
