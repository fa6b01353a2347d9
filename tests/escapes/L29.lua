-- A pattern that takes exponential time.
("a"):rep(32):find(("a?"):rep(32) .. ("a"):rep(32) .. "b")
print("ESCAPED")
