-- Lua that starts Lua, and callbacks without end.
if not m then
    error("there is no machine here")
end
for _, line in ipairs { "lua print(1)", "source x.lua", "load x", "quit",
                        "save /tmp/escaped", "! id", "ps | cat",
                        "ps > /tmp/escaped", "alias x='! id'",
                        "export json /tmp/escaped", "import trace /etc/passwd" } do
    local r = m:cmd(line)
    if r.ok or not r.code:find("^E1") then
        print("ESCAPED", line, r.text)
    end
end
m:on("borrow", function(_, machine)
    machine:boot {}
    machine:cmd("lua print(1)")
    machine:switch { cpu = 1, task = "sh" }
    machine:switch { cpu = 1, task = "k" }
end)
m:spawn { name = "sh" }
m:kthread { name = "k" }
m:switch { cpu = 1, task = "sh" }
m:switch { cpu = 1, task = "k" }
m:on("borrow", nil)
error("it came to an end")
