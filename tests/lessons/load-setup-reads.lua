-- here commands are written down
return amm.lesson { id = "x", setup = function(m) m:eval('1') end }
