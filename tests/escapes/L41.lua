-- The machine as an amplifier.
if not m then
    error("there is no machine here")
end
m:spawn { name = ("x"):rep(900000) }
m:cmd(("x"):rep(900000))
m:cmd(("ps; "):rep(200000))
m:eval("1")
pcall(m.eval, m, ("("):rep(100000))
m:boot { cpus = 1000000000 }
m:boot { cpus = 4096 }
for i = 1, 1000000000 do
    m:spawn { name = "x" .. i }
end
