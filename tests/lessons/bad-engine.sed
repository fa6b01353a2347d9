# error 1: it wants engine >=9.0, this is 0.1.0
s/>=0.1/>=9.0/
