-- What is printed takes memory too.
local s = ("x"):rep(100000)
while true do
    print(s)
end
