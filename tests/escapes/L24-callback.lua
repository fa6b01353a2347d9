-- A yield out of a callback of the machine.
if m then
    m:on("borrow", function() coroutine.yield() end)
    m:spawn { name = "sh" }
    m:kthread { name = "k" }
    m:switch { cpu = 1, task = "sh" }
    m:switch { cpu = 1, task = "k" }
    m:on("borrow", nil)
end
error("the callback could not yield")
