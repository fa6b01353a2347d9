# error 8: step 1: a text of more than 12 lines
s/goes on/goes on and goes on/g
s/goes on/goes on and goes on/g
s/goes on/goes on and goes on/g
s/goes on/goes on and goes on/g
s/goes on/goes on and goes on/g
s/goes on/goes on and goes on/g
s/goes on/goes on and goes on/g
