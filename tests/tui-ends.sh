#!/bin/sh
# tui-ends - however the full screen ends, the terminal is as it was

. "$top_srcdir/tests/terminal"
cd "$dir" || exit 99

# It says its number before it begins.
start()
{
	rm -f pid
	line "clear; sh -c 'echo \$\$ >pid; exec \$AMM $*'; echo ended \$?"
	see "(amm 0)"
	see "── cpus ──"
}

pid()
{
	cat pid
}

open_terminal 80 24
line "cd $dir"
settings before

for signal in TERM:143 HUP:129 SEGV: BUS: ABRT: FPE: ILL:; do
	what="SIG${signal%:*}"
	start --no-journal
	text "some words"
	see_last "(amm 0) some words"
	kill -s "${signal%:*}" "$(pid)"
	see "ended ${signal#*:}"
	see_no "── cpus ──"
	same_settings
done

what="SIGTERM while a command runs"
yes ps | head -2000000 >long.amm
start --no-journal
line "source long.amm"
see "runs; ctrl-c stops it"
kill -s TERM "$(pid)"
see "ended 143"
same_settings

what="a crash while a command runs"
start --no-journal
line "source long.amm"
see "runs; ctrl-c stops it"
kill -s SEGV "$(pid)"
see "ended "
same_settings

what="ctrl-z while a command runs"
start --no-journal
line "source long.amm"
see "runs; ctrl-c stops it"
keys C-z
see "Stopped"
same_settings
line fg
see "runs; ctrl-c stops it"
keys C-c
see "stopped here"
line quit
see_no "── cpus ──"
line 'echo status $?'
see "status 130"
same_settings

what="signals that end nothing"
start --no-journal
text "abc"
see_last "(amm 0) abc"
kill -s INT "$(pid)"
kill -s WINCH "$(pid)"
kill -s CONT "$(pid)"
text "d"
see_last "(amm 0) abcd"
keys C-u C-d
see "ended 0"
same_settings

what="a session that a signal ended"
start
line "spawn kept"
see "task 100 kept"
kill -s TERM "$(pid)"
see "ended 143"
line "clear; \$AMM; echo ended \$?"
see "Bring them back?"
keys Enter
see "── cpus ──"
line "ps"
see "kept"
line "quit"
see "ended 0"
same_settings

what="a terminal that goes away"
start
gone=$(pid)
close_terminal
is_gone()
{
	! kill -0 $gone 2>/dev/null
}
poll is_gone || { echo "$what: the program is still there"; fail=1; }

exit $fail
