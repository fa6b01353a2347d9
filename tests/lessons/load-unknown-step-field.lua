-- step 1: unknown field 'txt'
return amm.lesson { id = "x", format = 1, steps = { amm.say { txt = "y" } } }
