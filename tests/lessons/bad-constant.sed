# error 4: step 4: it holds all along: mm('A')->mm_users == 0
s/{ "never('oops')"/{ "mm('A')->mm_users == 0"/
