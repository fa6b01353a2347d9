-- A pattern that takes polynomial time.
("a"):rep(20000):find(".-.-.-.-b")
print("ESCAPED")
