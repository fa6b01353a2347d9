# error 7: step 4: there is no hint of rung 3
/rung = 3/d
