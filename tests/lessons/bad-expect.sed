# error 2: step 3: the answer is not 3, as it says
s/expect = 2/expect = 3/
