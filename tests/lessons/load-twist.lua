-- step 1: a twist has a boot, and the id of a step before
return amm.lesson { id = "x", steps = { amm.twist { step = "z", boot = { kernel = "6.12" } } } }
