-- the machine has no method
return amm.lesson { id = "x", setup = function(m) m:fly() end }
