-- 07-zombie - an mm_struct that only borrowers keep
--
-- CONTRIBUTING.md says how a lesson is written.  Facts: kernel/exit.c exit_mm(),
-- kernel/sched/core.c context_switch(), kernel/fork.c mmput(), mmdrop().

local _ = amm.gettext

return amm.lesson {
    id = "07-zombie", format = 1, version = 1, engine = ">=0.1",
    title = _"Only borrowers are left", minutes = 15,
    goals = { "zombie", "count-lazy" },
    kernel = "6.12", cpus = 2,
    allow = { deny = { "load", "import trace" } },

    setup = function(m, rng)
        local names = rng:shuffle { "sh", "vi", "cc", "make", "git", "tar" }
        m:spawn { name = names[1], as = "A" }
        m:spawn { name = names[2], as = "B" }
        m:kthread { name = "kworker/1:0", as = "K" }
        m:switch { cpu = 1, task = "A" }
        m:switch { cpu = 1, task = "K" }
        m:switch { cpu = 0, task = "A" }
    end,

    steps = {
        amm.say {
            _"A process exits and its memory is given back. Minutes later the kernel still has its mm_struct. Who keeps it, and for how long?",
            _"Here CPU 0 runs $A. CPU 1 ran it too, and then switched to $K: a kernel thread, which has no memory of its own and goes on with that of $A.",
        },

        amm.try {
            _"Look who has which mm, and who holds a unit of the counts of $A's mm. All its users together hold one unit of mm_count; each borrower holds one more.",
            suggest = { "ps", "why $A.mm" },
            need = 1,
        },

        amm.predict {
            id = "count-after-exit", points = 3,
            q = _"Now $A exits on CPU 0; nobody else uses its mm. What is mm_count of that mm right after exit?",
            expr = "mm('A')->mm_count", run = "@0 exit", expect = 2,
            because = _"exit_mm() borrows before it lets go: $A takes a unit as a lazy user of its own mm, and only then mmput() drops the one that the users had. $K has its own all along.",
            misconception = {
                { got = 1, say = _"Who runs on CPU 0 now? `ps -r` still shows $A there. It has no mm any more, but it runs on one: its active_mm." },
                { got = 0, say = _"mm_users is 0, and so the memory is gone. The struct goes when mm_count is 0: that is the other counter." },
                { got = 3, say = _"exit takes a unit, but it gives one back too: the one that all users shared, when the last of them leaves." },
            },
        },

        amm.predict {
            id = "count-after-idle", points = 2,
            q = _"This is a zombie: no users, but borrowers. CPU 0 leaves $A for its idle task, which has no mm either. What is mm_count then?",
            expr = "mm('A')->mm_count", run = "@0 idle", expect = 2,
            because = _"From one task without an mm to the next the loan is handed on: swapper/0 now borrows what $A borrowed. So an idle CPU can keep a zombie for as long as it is idle.",
            misconception = {
                { got = 1, say = _"$A is switched away, but its loan is not over: look at active_mm of swapper/0." },
                { got = 3, say = _"swapper/0 borrows, but not beside $A: it takes over the unit that $A had." },
            },
        },

        amm.task {
            id = "free",
            text = _"End the zombie: get the mm that $A had freed.",
            goal = {
                { "mm('A').freed", _"$A's mm is freed", points = 4,
                  now = "mm('A')->mm_count" },
                { "never('oops')", _"nothing went wrong", points = 1 },
                { "count('event') <= 3", _"in three commands or fewer",
                  points = 1, optional = true },
            },
            par = 3,
            hints = {
                { rung = 1, _"`why ${mm('A')}` lists who still holds it, and what would end each loan." },
                { rung = 2, when = "current(0)->mm == NULL && current(1)->mm == NULL",
                  _"A task without an mm inherits the loan. A task with an mm of its own ends it: then the CPU gives back what it borrowed." },
                { rung = 2, when = "current(0)->mm != NULL && current(1)->mm == NULL",
                  _"CPU 0 has given its unit back. CPU 1 still runs on the zombie." },
                { rung = 2, when = "current(0)->mm == NULL && current(1)->mm != NULL",
                  _"CPU 1 has given its unit back. CPU 0 still runs on the zombie." },
                { rung = 3, _"Each of the two CPUs must run a task with an mm of its own, if only for a moment. There is $B; and more can be made." },
                { rung = 4, _"Type `@0 switch $B`, then `@0 idle`, then `@1 switch $B`." },
            },
            solution = { "@0 switch $B", "@0 idle", "@1 switch $B" },
            alt = {
                { "spawn more", "@1 switch more", "@0 switch $B" },
                { "@0 switch $B", "@0 fork child", "@1 switch child" },
                { "@1 switch $B", "@1 fork child", "@0 switch child" },
            },
            wrong = {
                { "@1 idle" },
                { "@0 wait $A", "@1 idle" },
                { "@0 switch $B", "@0 exit" },
                { "@0 kthread other", "@0 switch other", "@1 idle" },
            },
        },

        amm.twist {
            step = "count-after-exit",
            boot = { kernel = "6.12",
                     config = { MMU_LAZY_TLB_REFCOUNT = "n" } },
            q = _"The machine is as at the start, with one thing changed: this kernel does not count borrowers (MMU_LAZY_TLB_REFCOUNT=n). $A exits on CPU 0, and $K borrows on CPU 1. What is mm_count now?",
            expect = 0,
            because = _"Nobody counts a loan here. So when the last user leaves, the kernel hunts for borrowers: cleanup_lazy_tlbs() interrupts the CPUs that may have the mm and moves them to init_mm; then it is freed. No zombie, but interrupts. In 6.12 only 64-bit powerpc is built so.",
            misconception = {
                { got = 2, say = _"Two borrow it, but here mmgrab_lazy_tlb() does not count: only the users' one unit was there." },
                { got = 1, say = _"The users had one unit together, and the last of them has left." },
            },
        },

        amm.recap {
            _"A zombie mm is a struct that only borrowers keep: mm_users is 0, mm_count is not. Its memory went with the last user. The struct goes when the last CPU that borrows it runs a task with an mm of its own.",
            _"Try in the sandbox: let a task exec while another CPU borrows its mm. Who keeps the old one, and how many units are left?",
            see = {
                "kernel/exit.c: exit_mm",
                "kernel/sched/core.c: context_switch, finish_task_switch",
                "kernel/fork.c: mmput, mmdrop, cleanup_lazy_tlbs",
            },
            drill = "zombie",
        },
    },
}
