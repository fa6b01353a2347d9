#!/bin/sh
# import - a recording is walked like any session, and verified by the command
#
# usage: tests/import.sh

set -eu
traces=$top_srcdir/tests/data/traces
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
XDG_STATE_HOME=$work
export XDG_STATE_HOME

die()
{
	echo "import: $*"
	exit 1
}

# The teardown of the first mm of this recording is at line 242.
"$AMM" --batch -c "import trace $traces/zombie.smp2.txt" \
	-c 'goto line:240' -c 'reverse-step' -c 'ps -r' \
	-c 'goto line:258' -c 'ps -r' -c 'why swapper/1.active_mm' \
	>"$work/walk" 2>&1 || { cat "$work/walk"; die "walking failed"; }
grep -q 'records followed' "$work/walk" || die "no summary"
grep -q 'inside: @0 import trace' "$work/walk" || die "no position"

"$AMM" --batch -c "import trace $traces/zombie.smp2.txt --verify" \
	>"$work/report" || die "an exact recording does not verify"
for line in users count active_mm loaded_mm is_lazy mm_cpumask flush
do
	grep -Eq "^$line ([0-9]+)/\\1\$" "$work/report" || die "no $line N/N"
done
grep -Eq '^adoptions [0-9]+$' "$work/report" || die "no adoptions"
grep -q '^divergences 0$' "$work/report" || die "divergences"

# Kernel 2.2 has nothing of what is recorded.
status=0
"$AMM" --batch -c "import trace $traces/zombie.smp2.txt --kernel=2.2" \
	>"$work/report" 2>&1 || status=$?
[ "$status" -eq 2 ] || die "a recording of kernel 2.2 is taken"
grep -q 'no recording can be of kernel 2.2' "$work/report" || die "no reason"

# One changed number is a miss, and says where.
sed '231s/ dc=3/ dc=4/' "$traces/zombie.smp2.txt" >"$work/changed.txt"
status=0
"$AMM" --batch -c "import trace $work/changed.txt --verify" \
	>"$work/report" || status=$?
test "$status" -eq 1 || die "a changed number gives status $status"
grep -q ':231:' "$work/report" || die "the changed line is not named"

status=0
"$AMM" --batch -c "import trace $work/none.txt" >"$work/report" 2>&1 || status=$?
test "$status" -eq 5 || die "a missing file gives status $status"
