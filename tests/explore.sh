#!/bin/sh
# explore - the program's own searches: what they print, and the exit status

problems=0

# Runs `explore $1` and wants status $2 and the line $3.
expect()
{
	out=$("$AMM" --batch --no-journal -c "explore --count $1" 2>&1)
	status=$?
	[ "$status" -eq "$2" ] && printf '%s\n' "$out" | grep -qxF -- "$3" &&
		return
	echo "explore $1: exit status $status, not $2, or no line '$3' in:"
	printf '%s\n' "$out"
	problems=1
}

c1="--users=2 --kthreads=1 --cpus=2 --mms=1 --live=2 --boot=share --ops=EXIT"
c2="--users=2 --kthreads=1 --cpus=2 --mms=2 --live=2 --boot=own --ops=EXIT"
expect "$c1" 0 "states 22866"
expect "$c1" 0 "edges 52740"
expect "$c2,BUG_NOGRAB" 1 "counterexample 15 steps"
expect "$c2,BUG_EXITNOGRAB" 1 "counterexample 10 steps"
expect "$c2 --states=1k" 6 \
	"stopped at 1024 states (--states): no counterexample up to depth 10"
expect "$c1 --kernel=6.12 --depth=5" 6 "levels 1 6 12 18 24 30"
expect "$c1,CLONE,EXEC --kernel=2.2 --depth=14" 6 \
	"stopped at depth 14 (--depth): no counterexample up to depth 14"
expect "--ops=CLNE" 2 "  explore --count --ops=CLNE"
expect "--users=9" 2 \
	"error[E107]: --users wants a number from 1 to 8, not '9'"

exit "$problems"
