-- step 1 is none of amm.say
return amm.lesson { id = "x", steps = { { "y" } } }
