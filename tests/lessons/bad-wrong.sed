# error 2: step 4: wrong path 1 solves it, at: @1 switch $B
s/wrong = { { "@0 idle", "@1 idle" } }/wrong = { { "@0 switch $B", "@0 idle", "@1 switch $B" } }/
