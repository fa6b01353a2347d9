-- a lesson has a setup function
return amm.lesson { id = "x", format = 1 }
