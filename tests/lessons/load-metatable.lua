-- a lesson file returns amm.lesson
return setmetatable({}, { __index = function() while true do end end }) == nil
