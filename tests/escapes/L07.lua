-- Anything reachable that is on no list.
local allowed = {
    _G = [[_G _VERSION amm assert coroutine error getmetatable ipairs load m
        math next pairs pcall print rawequal rawget rawlen rawset select
        setmetatable string table tonumber tostring type utf8 xpcall]],
    string = [[byte char find format gmatch gsub len lower match pack packsize
        rep reverse split sub unpack upper words]],
    table = "concat insert move pack remove sort unpack",
    math = [[abs acos asin atan ceil cos deg exp floor fmod huge log max
        maxinteger min mininteger modf pi rad sin sqrt tan tointeger type ult]],
    coroutine = "create isyieldable resume running status wrap yield",
    utf8 = "char charpattern codepoint codes len offset",
    amm = [[gettext lesson ngettext predict recap rng say show task try
        twist]],
}
local known = { "os", "io", "debug", "package", "require", "dofile", "loadfile",
                "loadstring", "collectgarbage", "warn", "newproxy", "setfenv",
                "getfenv", "module", "unpack", "jit", "bit32" }
for name, names in pairs(allowed) do
    local listed = {}
    for _, word in ipairs(names:words()) do
        listed[word] = true
    end
    for key in pairs(name == "_G" and {} or _G[name]) do
        if not listed[key] then
            print("ESCAPED", name, key)
        end
    end
end
for _, name in ipairs(known) do
    if _G[name] ~= nil then
        print("ESCAPED", name)
    end
end
for _, key in ipairs { "dump", "rep", "format" } do
    if ("")[key] ~= string[key] then
        print("ESCAPED", key)
    end
end
for _, value in pairs { "", 1, true, print, m or print, coroutine.create(print) } do
    if getmetatable(value) then
        print("ESCAPED", value)
    end
end
error("only what is listed")
