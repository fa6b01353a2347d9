# error 7: step 4: current(0)->mm ==: the expression ends where a name, a number or '(' is expected
s/current(0)->mm == NULL/current(0)->mm ==/
