-- the lesson: unknown field 'tittle'
return amm.lesson { id = "x", tittle = "y" }
