-- prelude.lua - the part of the scripts' library that is written in Lua
--
-- It is compiled into the program; the installed copy is for reading.  Its
-- globals are the library itself, which no script can assign.

local is_frozen = ...

-- --- strings -----------------------------------------------------------------

-- The parts of s between sep, a plain text.
function string.split(s, sep)
    local parts, at = {}, 1
    if sep == "" then
        error("split needs something to split at", 2)
    end
    while true do
        local from, to = s:find(sep, at, true)
        if not from then
            parts[#parts + 1] = s:sub(at)
            return parts
        end
        parts[#parts + 1] = s:sub(at, from - 1)
        at = to + 1
    end
end

-- What stands between blanks.
function string.words(s)
    local words = {}
    for word in s:gmatch("%S+") do
        words[#words + 1] = word
    end
    return words
end

-- --- values, as the prompt shows them ------------------------------------------

local function show(value, depth)
    if type(value) ~= "table" then
        return type(value) == "string" and depth > 0
            and string.format("%q", value) or tostring(value)
    end
    if depth > 3 then
        return "{...}"
    end
    local parts, list = {}, #value
    for key, item in pairs(value) do
        if #parts == 32 then
            parts[#parts + 1] = "..."
            break
        end
        local text = show(item, depth + 1)
        if not (math.type(key) == "integer" and key >= 1 and key <= list) then
            key = type(key) == "string" and key:find("^[%a_][%w_]*$")
                and key or "[" .. show(key, 1) .. "]"
            text = key .. " = " .. text
        end
        parts[#parts + 1] = text
    end
    return "{" .. table.concat(parts, ", ") .. "}"
end

-- What a command came to is shown as the command shows it.
local function echo(...)
    local texts = table.pack(...)
    for i = 1, texts.n do
        local value = texts[i]
        if is_frozen(value) and value.line and value.text then
            texts[i] = value.text:gsub("\n$", "")
        else
            texts[i] = show(value, 0)
        end
    end
    if texts.n > 0 and not (texts.n == 1 and texts[1] == "") then
        print(table.unpack(texts, 1, texts.n))
    end
end

-- --- chance, from a seed only -----------------------------------------------------

local function rng(seed)
    local state = seed
    local r = {}

    -- splitmix64
    local function draw()
        state = state + 0x9e3779b97f4a7c15
        local z = state
        z = (z ~ (z >> 30)) * 0xbf58476d1ce4e5b9
        z = (z ~ (z >> 27)) * 0x94d049bb133111eb
        return z ~ (z >> 31)
    end

    function r:int(from, to)
        if not (from <= to) then
            error("int(from, to): from is the smaller one", 2)
        end
        return from + (draw() >> 1) % (to - from + 1)
    end

    function r:pick(list)
        return list[self:int(1, #list)]
    end

    function r:shuffle(list)
        for i = #list, 2, -1 do
            local k = self:int(1, i)
            list[i], list[k] = list[k], list[i]
        end
        return list
    end

    return r
end

-- --- lessons -------------------------------------------------------------------------

amm = { rng = rng, show = function(value) return show(value, 0) end }

function amm.gettext(text)
    return text
end

function amm.ngettext(one, many, n)
    return n == 1 and one or many
end

for _, kind in ipairs { "lesson", "say", "try", "predict", "task", "twist",
                        "recap" } do
    amm[kind] = function(fields)
        fields.kind = kind
        return fields
    end
end

-- --- the machine, read -----------------------------------------------------------------

local methods, handlers = {}, {}

-- The answer of a command; nil and why not.
local function answer(m, command, ...)
    local a = m:ask(command, ...)
    if a.ok then
        return a
    end
    return nil, a.error and a.error.msg or "the answer is no"
end

-- Defines method name: what command answers under key.
local function reading(name, command, key)
    methods[name] = function(m, ...)
        local a, why = answer(m, command, ...)
        if a then
            return a[key]
        end
        return nil, why
    end
end

reading("task", "task", "task")
reading("tasks", "ps", "tasks")
reading("mms", "mm", "mms")
reading("cpus", "info_cpus", "cpus")
reading("holders", "why", "units")
reading("ledger", "ledger", "entries")
reading("diff", "diff", "differences")

function methods.mm(m, which)
    return answer(m, "mm", which)
end

function methods.cpu(m, n)
    for _, cpu in ipairs(m:cpus()) do
        if cpu.cpu == n then
            return cpu
        end
    end
    return nil, "there is no CPU " .. tostring(n)
end

-- happened("zombie", "mm1"), as in expressions: names of events are quoted.
local function asks(name, quoted, truth)
    methods[name] = function(m, ...)
        local words = {}
        for i, what in ipairs { ... } do
            words[i] = i <= quoted and "'" .. what .. "'" or tostring(what)
        end
        local n = m:eval(name .. "(" .. table.concat(words, ", ") .. ")")
        if truth then
            return n ~= 0
        end
        return n
    end
end

asks("count", 1, false)
asks("happened", 1, true)
asks("never", 1, true)
asks("before", 2, true)

-- The events between two times: each has t, who, event and what it is about.
function methods.events(m, which)
    which = which or {}
    local a, why = answer(m, "timeline",
        (which.from or "t0") .. "," .. (which.to or "."))
    if not a then
        return nil, why
    end
    local events = {}
    for _, e in ipairs(a.events) do
        local kind, what = e.event:match("^(%S+)%s*(.*)$")
        if not which.kind or which.kind == kind then
            events[#events + 1] = { t = e.t, who = e.who, event = kind,
                                    what = what }
        end
    end
    return events
end

-- --- callbacks ----------------------------------------------------------------------------

-- f(event, m) is called for each such event, once its command is done; nil
-- ends that.
function methods.on(m, kind, f)
    if type(kind) ~= "string" or f and type(f) ~= "function" then
        error("m:on(\"borrow\", function) or m:on(\"borrow\", nil)", 2)
    end
    handlers[kind] = f
end

local function fire(m, first)
    if next(handlers) == nil then
        return
    end
    for _, e in ipairs(m:events { from = "t" .. first - 1 }) do
        local f = handlers[e.event]
        if f and tonumber(e.t:match("^t(%d+)")) >= first then
            f(e, m)
        end
    end
end

-- The PID of the task that a command made.
local function new_task(effects)
    for _, e in ipairs(effects) do
        local pid = e.event == "new" and e.obj:match("^task:(%d+)$")
        if pid then
            return pid
        end
    end
end

return { echo = echo, new_task = new_task, rng = rng, methods = methods, fire = fire }
