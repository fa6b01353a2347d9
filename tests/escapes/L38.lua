-- An error that is a table with a trap.
error(setmetatable({}, { __tostring = function()
    while true do
    end
end, __name = "\27[2J" }))
