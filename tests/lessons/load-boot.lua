-- step 1: boot: '6.12; quit' is no option
return amm.lesson { id = "x", steps = { amm.twist { step = "z", boot = { kernel = "6.12; quit" } } } }
