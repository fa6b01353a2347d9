# error 9: step 3: frobnicate: unknown command 'frobnicate'
s/`ps -r`/`frobnicate`/
