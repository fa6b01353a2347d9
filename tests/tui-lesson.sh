#!/bin/sh
# tui-lesson - the lesson 07-zombie in a window of 80x24, beside the panes

. "$top_srcdir/tests/terminal"
cd "$dir" || exit 99

what="a lesson opened"
open_terminal 80 24
settings before
line "clear; \$AMM --no-journal"
see_last "(amm 0)"
line "lesson 07-zombie"
see_last "(amm 0 | 07-zombie 1/7)"
see "cpu1 kworker/1:0* ──▶ mm1* borrowed"
keys Enter
see_last "(amm 0 | 07-zombie 2/7)"
see "step 2 of 7: try"

what="a question"
line "ps"
line "lesson next"
see_last "(amm 0 | 07-zombie 3/7)"
line "predict 1 -- it is gone"
see_last "(amm 0 | 07-zombie 4/7)"
see "[vi][kworker/1:0] zombie"
see "kworker/1:0 has its own all along."
line "predict 2"
see_last "(amm 0 | 07-zombie 5/7)"
see "[swapper/0][kworker/1:0] zombie"

what="a task"
line "hint"
see "hint 1 of 4: 'why mm1' lists who still holds it"
line "@0 switch sh"
see "mm1 users 0 count 1*"
line "undo"
see "mm1 users 0 count 2"
line "@0 switch sh; @0 idle"
line "@1 switch sh"
see_last "(amm 0 | 07-zombie 6/7)"

what="the twist, and the end"
line "predict 0"
see_last "(amm 0 | 07-zombie 7/7)"
see "Done: 11 of 14 points."

what="left and come back to"
line "lesson prev"
see_last "(amm 0 | 07-zombie 6/7)"
line "tui off"
see "(amm 0 | 07-zombie 6/7)"
line "quit"
see "sh>"
line "clear; \$AMM --no-journal"
see_last "(amm 0)"
line "lesson 07-zombie"
see_last "(amm 0 | 07-zombie 6/7)"
line "quit"
see_last "sh>"
same_settings
exit $fail
