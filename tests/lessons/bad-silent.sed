# error 6: step 3: no wrong answer is spoken to
s/misconception = { { got = 1.*$//
