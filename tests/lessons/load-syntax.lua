-- unexpected symbol
return amm.lesson { id = = }
