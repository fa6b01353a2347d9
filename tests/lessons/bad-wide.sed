# error 8: step 1: a word of more than 72 columns
s/CPU 1 goes on/CPU 1 goes-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on/
