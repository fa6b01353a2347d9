-- the lesson: minutes is a whole number, not a number
return amm.lesson { id = "x", minutes = 1.5 }
