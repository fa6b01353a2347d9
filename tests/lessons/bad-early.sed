# error 7: step 4: a hint before rung 4 tells a command: @0 idle
s/_"Both run a user task."/_"Type `@0 idle`."/
