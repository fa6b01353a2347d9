-- An endless loop, by repeat.
repeat
until false
