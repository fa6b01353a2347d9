# error 2: step 4: not solved by an alternative; missing: it is freed
s/alt = { { "spawn x", /alt = { { "spawn x" }, { "spawn x", /
