-- The same chain, closed by errors.
local function chain(n)
    local f = coroutine.wrap(function()
        local x <close> = setmetatable({}, { __close = function()
            chain(n - 1)
        end })
        error("down")
    end)
    return f()
end
chain(200000)
print("ESCAPED")
