-- the lesson: id is a string, not a table
return amm.lesson { id = {} }
