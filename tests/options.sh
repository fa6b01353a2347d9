#!/bin/sh
# options - the command line: what is run, in which order, with which status

fail=0
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 99
XDG_STATE_HOME=$dir/state
export XDG_STATE_HOME

complain()
{
	echo "$what: $1"
	sed 's/^/  /' out
	fail=1
}

# run STATUS ARGUMENT...: standard input is ./in, when there is one.
run()
{
	wanted=$1
	shift
	what="activemm $*"
	: >>in
	timeout 60 "$AMM" "$@" <in >out 2>&1
	got=$?
	: >in
	[ $got -eq "$wanted" ] || complain "status $got, not $wanted"
}

says()
{
	grep -qF -- "$1" out || complain "does not say: $1"
}

says_not()
{
	grep -qF -- "$1" out && complain "says: $1"
}

run 0 --help
says "usage: activemm"
for option in -c -x -i --batch --json --plain --resume --no-shell --version; do
	says " $option"
done
run 0 -h
says "usage: activemm"
run 0 --version
says "activemm 0."
run 0 -V
run 2 --nonsense
says "unknown or incomplete option: --nonsense"
run 2 -c
run 2 -s 0
run 2 --seed=x
run 2 --color=red
run 2 a b

# -c and -x run in the order given, and end there unless -i is given.
printf 'spawn vi\n' >vi.amm
printf 'spawn make\n' >in
run 0 -c 'spawn sh' -x vi.amm -c history
says "t1    @0 spawn sh"
says "t2    @0 spawn vi"
says_not make
printf 'spawn make\nhistory\n' >in
run 0 -i -c 'spawn sh' vi.amm
says "t3    @0 spawn make"

# The first failure gives the status; --batch ends there.
run 2 -c 'swich' -c 'spawn sh'
says "task 100 sh"
run 2 --batch -c 'swich' -c 'spawn sh'
says_not "task 100 sh"
run 1 -c 'assert 1 == 2' -c 'swich'
run 5 -x nothing.amm
says "nothing.amm"
run 6 -c "alias x=$(printf 'a%.0s' $(seq 5000))"
says "error[E114]"
run 0 -c 'spawn sh' -c quit -c 'spawn vi'
says_not vi
printf 'swich sh\n' >in
run 2 --batch
says "error[E101]: unknown command 'swich'"
says "did you mean 'switch'?"
printf 'swich sh\nspawn sh\n' >in
run 2
says "task 100 sh"
printf 'assert 1 == 2\nspawn sh\n' >in
run 1 --batch
says_not "task 100 sh"
printf 'spawn sh; spawn vi; switch sh; set strict off\nkthread_use_mm mm2\n' >in
run 4 --batch
says "broken[F4]"
printf 'quit\nspawn sh\n' >in
run 0
says_not "task"

# Forms.
printf 'spawn sh\n' >in
run 0 --plain
says "New task 100 sh"
printf 'spawn sh\n' >in
ACCESSIBLE=1 run 0
says "New task 100 sh"
printf 'spawn sh\n' >in
ACCESSIBLE=0 run 0
says "task 100 sh: mm1"
printf 'spawn sh\n' >in
run 0 --json
says '{"schema":"activemm/1","t":"t1","cpu":0,"cmd":"spawn sh","ok":true'
printf 'spawn \\\nsh\ncpu 1\nps\n' >in
run 0 --prompts
says '(amm 0) spawn \'
says '(amm 1) ps'
run 2 --no-shell -c '! touch made'
[ ! -e made ] || complain "made a file"
run 0 --seed=7 -c 'boot --seed=9; save s.amm'
grep -q 'seed=9' s.amm || complain "another seed"
run 0 --seed=7 -c 'save s.amm'
grep -q 'seed=7' s.amm || complain "another seed"

# The story plays where there is no terminal; so does each saved session.
run 0 --batch -x "$top_srcdir/lessons/story.amm"
says "mm1 is freed"
run 0 --batch -c "source '$top_srcdir/lessons/story.amm'" -c 'save s.amm'
run 0 --batch -c 'load s.amm' -c 'save t.amm' -c 'history'
cmp s.amm t.amm || complain "another session"
run 0 --batch -x s.amm -c 'save t.amm'
cmp s.amm t.amm || complain "another session"

# Output that cannot be written is a failure.
if [ -w /dev/full ]; then
	what="a full disk"
	"$AMM" --batch -c history >/dev/full 2>out
	[ $? -eq 5 ] || complain "lost output, status 0"
fi

# Nothing was journaled by scripts; what a pipe said was ended cleanly.
run 0 --resume -c history
says_not "spawn"
exit $fail
