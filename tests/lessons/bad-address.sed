# error 5: step 4: 0x400000 > 0 && never('oops'): no absolute addresses
s/{ "never('oops')"/{ "0x400000 > 0 \&\& never('oops')"/
