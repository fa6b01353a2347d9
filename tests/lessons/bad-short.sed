# error 9: step 2: sw sh: the name is to be written out: switch
s/"why $A.mm"/"sw $A"/
