# error 2: step 4: solved before anything is done
s/{ "mm('A').freed"/{ "mm('A').mm_users == 0"/
