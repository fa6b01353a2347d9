# error 9: step 4: @0 switch: 'switch' needs TASK
s/alt = { {/alt = { { "@0 switch",/
