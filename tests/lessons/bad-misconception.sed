# error 2: step 3: misconception 2 is the right answer
s/got = 1/got = 2/
