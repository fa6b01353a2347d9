# error 3: step 4: 100 of 100 random walks solve it
s/{ "mm('A').freed"/{ "count('event') > 0"/
s/, wrong = .*//
s/^ *wrong = .*//
