-- its id is not small letters
return amm.lesson { id = "../x", title = "t", format = 1, cpus = 2, setup = function() end }
