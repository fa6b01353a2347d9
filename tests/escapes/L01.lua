-- Bytecode handed to load.
local f, why = load("\27Lua\x54\0\x19\x93\r\n\x1a\n\4\8\8xV", "x", "b")
if f then
    print("ESCAPED")
end
error(why)
