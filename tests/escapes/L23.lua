-- A deep chain of closing: it crashes Lua 5.4.4.
local function chain(n)
    local co = coroutine.create(function()
        local x <close> = setmetatable({}, { __close = function()
            if n > 0 then
                coroutine.close(chain(n - 1))
            end
        end })
        coroutine.yield()
    end)
    coroutine.resume(co)
    return co
end
coroutine.close(chain(200000))
print("ESCAPED")
