-- A search without end.
if not m then
    error("there is no machine here")
end
m:explore { users = 8, kthreads = 8, cpus = 4, mms = 8, kernel = "6.12",
            depth = 1000000000 }
m:explore { count = true, users = 6, kthreads = 6, cpus = 4, mms = 6,
            live = 6, boot = "own", ops = { "EXIT", "FORK", "CLONE" } }
while true do
    m:explore { count = true, users = 3, kthreads = 2, cpus = 2, mms = 2,
                ops = { "EXIT", "FORK" }, boot = "own", live = 3 }
end
