# error 7: step 4: rung 4 is not how the solution begins
s/_"`@0 switch $B`, `@0 idle`/_"`@0 idle`/
