-- The collector stopped.
collectgarbage("stop")
collectgarbage("generational")
print("ESCAPED")
