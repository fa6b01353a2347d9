# error 1: its id is other, its file good.lua
s/id = "good"/id = "other"/
