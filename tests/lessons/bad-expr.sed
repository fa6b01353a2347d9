# error 5: step 4: mm('A').freed &&: the expression ends where a name, a number or '(' is expected
s/{ "mm('A').freed"/{ "mm('A').freed \&\&"/
