# error 7: step 4: no hint fits the state before: @0 switch $B
/rung = 1/d
/rung = 3/d
/rung = 4/d
s/current(0)->mm == NULL/current(0)->mm == init_mm/
