-- A callback that causes what it waits for.
if not m then
    error("there is no machine here")
end
m:on("borrow", function(_, machine)
    for i = 1, 50 do
        machine:switch { cpu = 1, task = "sh" }
        machine:switch { cpu = 1, task = "k" }
    end
end)
m:spawn { name = "sh" }
m:kthread { name = "k" }
m:switch { cpu = 1, task = "sh" }
m:switch { cpu = 1, task = "k" }
m:on("borrow", nil)
error("it came to an end")
