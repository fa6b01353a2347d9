-- A lesson with nothing wrong: each bad-*.sed beside it breaks one thing.
local _ = amm.gettext

return amm.lesson {
    id = "good", format = 1, version = 1, engine = ">=0.1",
    title = _"A good lesson", minutes = 5,
    goals = { "zombie" }, needs = { "07-zombie" },
    kernel = "6.12", cpus = 2,

    setup = function(m, rng)
        m:spawn { name = rng:pick { "sh", "vi" }, as = "A" }
        m:spawn { name = "make", as = "B" }
        m:kthread { name = "kw", as = "K" }
        m:cmd "@1 switch $A"
        m:switch { cpu = 1, task = "K" }
        m:switch { cpu = 0, task = "A" }
    end,

    steps = {
        amm.say { _"CPU 1 goes on with the memory of $A." },
        amm.try { _"Look.", suggest = { "ps", "why $A.mm" }, need = 1 },
        amm.predict {
            id = "count", q = _"mm_count right after exit?", points = 2,
            expr = "mm('A')->mm_count", run = "@0 exit", expect = 2,
            because = _"$K borrows it, and so does $A itself.",
            misconception = { { got = 1, say = _"Look at `ps -r`." } },
        },
        amm.task {
            id = "free", text = _"Get it freed.",
            goal = {
                { "mm('A').freed", _"it is freed", points = 3 },
                { "never('oops')", _"no oops", points = 1 },
            },
            hints = {
                { rung = 1, _"`why ${mm('A')}` tells who holds it." },
                { rung = 2, when = "current(0)->mm == NULL", _"CPU 0 keeps it." },
                { rung = 2, when = "current(0)->mm != NULL", _"CPU 1 keeps it." },
                { rung = 3, _"Both run a user task." },
                { rung = 4, _"`@0 switch $B`, `@0 idle`, `@1 switch $B`" },
            },
            solution = { "@0 switch $B", "@0 idle", "@1 switch $B" },
            alt = { { "spawn x", "@1 switch x", "@0 switch $B" } },
            wrong = { { "@0 idle", "@1 idle" } },
        },
        amm.twist {
            step = "count", expect = 0,
            boot = { config = { MMU_LAZY_TLB_REFCOUNT = "n" } },
            q = _"And when borrowers are not counted?",
            misconception = { { got = 2, say = _"Nobody counts." } },
        },
        amm.recap {
            _"Borrowers keep it.", see = { "kernel/exit.c: exit_mm" },
            drill = "zombie",
        },
    },
}
