-- Control sequences where text is shown.
print("\27[2J", "\r", "\8", "\xc2\x9b", "\x9b2J", "\u{202e}")
print(setmetatable({}, { __tostring = function() return "\27[2J" end }))
error("\27]52;c;eA==\7\27[6n")
