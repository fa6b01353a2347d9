# error 8: step 3: a colour has no meaning here: red
s/Look at `ps -r`/Look at the red one/
