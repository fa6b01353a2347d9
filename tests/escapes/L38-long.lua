-- An error that is very long.
error(("x\n"):rep(400000))
