# error 5: step 4: init_mm.mm_count > 0 && never('oops'): the count of init_mm is the machine's own
s/{ "never('oops')"/{ "init_mm.mm_count > 0 \&\& never('oops')"/
