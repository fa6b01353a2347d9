# error 1: step 4: its id count is taken
s/id = "free"/id = "count"/
