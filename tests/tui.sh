#!/bin/sh
# tui - the full screen as people see it, typed at by hand

. "$top_srcdir/tests/terminal"
cd "$dir" || exit 99

start()
{
	line "clear; \$AMM --no-journal $*"
	see "(amm 0)"
}

what="a start in 80x24"
open_terminal 80 24
settings before
start
see "── cpus ──"
see "─ mms ─"
see "init_mm users 2 count 4"

what="the story, typed"
line "spawn sh; spawn vi; kthread kworker/1:0"
see "task 20 kworker/1:0"
line "@1 switch sh"
see "cpu1 sh* ──▶ mm1*"
line "@1 switch kworker/1:0"
see "cpu1 kworker/1:0* ──▶ mm1 borrowed*"
see "[users][kworker/1:0]"
line "@0 switch sh"
see "cpu0 sh* ──▶ mm1*"
line "exit"
see "mm1 users 0* count 2 "
see "[sh][kworker/1:0] zombie"
line "undo"
see "mm1 users 1"

what="typing in UTF-8"
text "spawn żółć 日本x"
see_last "(amm 0) spawn żółć 日本x"
keys BSpace BSpace Left Left Left
text "é"
see_last "(amm 0) spawn żółéć 日"
keys C-a C-k
see_last "(amm 0)"

what="history"
keys Up Up
see_last "(amm 0) exit"
keys Down Down
see_last "(amm 0)"
keys C-r
see "─ search: "
text "kwo"
see "─ search: kwo ─"
see "│>@1 switch kworker/1:0"
keys C-r
see "│>spawn sh; spawn vi; kthread kworker/1:0"
keys BSpace Enter
see_last "(amm 0) @1 switch kworker/1:0"
keys C-u C-r
see "─ search: "
keys Escape
see_no "─ search: "

what="completion"
text "sw"
keys Tab
see_last "(amm 0) switch"
keys Tab
see "│>swapper/0 "
keys Down Down Down Up Tab Up
see "│>kthreadd "
keys Enter
see_last "(amm 0) switch kthreadd"
keys C-u
text "switch "
keys Tab
see "│>swapper/0 "
text "s"
see_no "│>swapper/0 "
see_last "(amm 0) switch s"

what="ctrl-c"
keys C-c
see_last "(amm 0)"
see "^C"

what="a line that goes on"
line "ps \\"
see_last ">"
see "(amm 0) ps \\"
line "-k"
see "kthreadd"
see_last "(amm 0)"

what="paste"
printf 'spawn p1\nspawn p2\033[2J\n' | tmux_ load-buffer -
tmux_ paste-buffer -p
see_last "spawn p2^[[2J"
keys Enter
see "task 102 p1"
see "error[E113]"
keys C-u

what="a long line"
text "print 1111111111 + 1111111111 + 1111111111 + 1111111111 + 1111111111 + 11111"
see_last "1111"
keys C-u
see_last "(amm 0)"

what="scrolling"
line "help switch"
see "SEE ALSO"
keys PPage PPage
see "-- PgDn: newer --"
keys NPage NPage NPage
see_no "-- PgDn: newer --"
keys F1
see "what was said before"

what="ctrl-c in a long script"
{ echo 'spawn live'; yes ps | head -2000000; } >long.amm
line "source long.amm"
see "runs; ctrl-c stops it"
see "mm4 live"
see_last "runs; ctrl-c stops it"
keys C-c
see "long.amm:"
see ": stopped here"
see_last "(amm 0)"

what="suspend and resume"
text "keep this"
keys C-z
see "Stopped"
same_settings
line fg
see_last "(amm 0) keep this"
keys C-u

what="tui off and on"
line "tui off"
see_no "── cpus ──"
line "ps -r"
see "> "
line "tui on"
see "── cpus ──"
text "half a li"
keys C-x a
see_no "── cpus ──"
see_last "(amm 0) half a li"
text "n"
keys C-x a
see "── cpus ──"
see_last "(amm 0) half a lin"

what="resize storms"
for size in 81x25 200x60 20x5 40x10 1x1 10x3 120x40 39x9 500x200 80x24 60x12; do
	tmux_ resize-window -x "${size%x*}" -y "${size#*x}"
done
tmux_ resize-window -x 120 -y 40
see "┬─ mms ───────────────────────────────────────────────────────────────"
see_last "(amm 0) half a lin"
tmux_ resize-window -x 40 -y 10
see_no "─ mms"
see "── cpus ────────────────────────────────"
text "e"
see_last "(amm 0) half a line"
tmux_ resize-window -x 20 -y 5
see_no "── cpus"
see_last "(amm 0) half a line"
tmux_ resize-window -x 20 -y 4
see_last "window too small"
tmux_ resize-window -x 80 -y 24
see "─ mms"
see_last "(amm 0) half a line"

what="the end"
keys C-u C-d
see_last "sh>"
see_no "cpus"
same_settings

what="without colour"
open_terminal 80 24 NO_COLOR=1
start
see "── cpus ──"
screen -e | grep -q '38;5;' && complain "there are colours"
line quit
open_terminal 80 24
start
see "── cpus ──"
screen -e | grep -q '38;5;' || complain "there are no colours"

what="without UTF-8"
open_terminal 80 24 LC_ALL=C
start
see "-- cpus --"
line "spawn sh; switch sh"
see "cpu0 sh*"
see " --> mm1"
screen | LC_ALL=C grep -q '[^ -~]' && complain "more than ASCII"

what="a terminal without colours"
open_terminal 80 24 TERM=vt100
start
see "─ cpus ─"
line "spawn sh; switch sh"
see "cpu0 sh*"

what="where there is no full screen"
open_terminal 80 24
start --no-tui
see_no "── cpus ──"
line "tui on"
see "── cpus ──"
keys C-d
see_last "sh>"
line "clear; \$AMM --no-journal --plain"
see_last "amm>"
see_no "── cpus ──"
open_terminal 80 24 TERM=dumb
start
line "tui on"
see "there is no terminal here that could be filled"
open_terminal 80 24 TERM=unheard-of
start
see "no full screen: the terminal 'unheard-of' is unknown"
line "tui on"
see "no full screen: the terminal 'unheard-of' is unknown"
open_terminal 79 24
start
see_no "── cpus ──"

what="~/.editrc turns editing off"
echo "edit off" >"$dir/home/.editrc"
open_terminal 80 24
line "clear; \$AMM --no-journal"
see "no full screen: ~/.editrc turns editing off"

what="vi mode"
echo "bind -v" >"$dir/home/.editrc"
open_terminal 80 24
start
text "spwn sh"
keys Escape
text "bbla"
keys Right Left
text "a"
see_last "(amm 0) spawn sh"

exit $fail
