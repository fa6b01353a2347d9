#!/bin/sh
# tally-sees - tests/tally counts every kind of result, and hides none

set -eu
tally=$(cd "$(dirname "$0")" && pwd)/tally
work=$(mktemp -d ./tally-XXXXXX)
trap 'rm -rf "$work"' EXIT
failed=0

result()	# NAME RESULT LOG-TEXT
{
	[ -z "$2" ] || echo ":test-result: $2" >"$work/$1.trs"
	printf '%b\n' "$3" >"$work/$1.log"
}

counts()	# NAME... SUMMARY STATUS
{
	logs=
	while [ $# -gt 2 ]; do
		logs="$logs $work/$1.log"
		shift
	done
	status=0
	# shellcheck disable=SC2086 # a list of words is meant
	last=$("$tally" $logs | tail -n 1; exit 0)
	"$tally" $logs >/dev/null || status=$?
	if [ "$last" != "$1" ] || [ "$status" != "$2" ]; then
		echo "not ok:$logs: $last, status $status; wanted $1, $2"
		failed=1
	fi
}

begin='[==========] Running 2 test(s).\n'
ok='[       OK ] fact\n'
bad='[  FAILED  ] fact\n[==========] 2 test(s) run.\n'

result script PASS 'any words'
result script-bad FAIL 'any words'
result script-skip SKIP ''
result unit PASS "$begin$ok$ok[  PASSED  ] 2 test(s)."
result unit-bad FAIL \
	"$begin$ok$bad[  PASSED  ] 1 test(s).\n[  FAILED  ] 1 test(s), listed below:\n[  FAILED  ] fact"
result unit-skip PASS "$begin$ok[  SKIPPED ] fact\n[  SKIPPED ] 1 test(s), listed below:"
result unit-died FAIL "$begin$ok[ RUN      ] fact\nAborted"
result unit-twice PASS "$begin$ok$ok$begin$ok$ok"
result no-result '' 'was never run'

counts script '1 passed, 0 failed' 0
counts script script-bad '1 passed, 1 failed' 1
counts script-skip '0 passed, 1 failed' 1
counts unit script '3 passed, 0 failed' 0
counts unit-bad '1 passed, 1 failed' 1
counts unit-skip '1 passed, 1 failed' 1
counts unit-died '1 passed, 1 failed' 1
counts unit-twice '4 passed, 0 failed' 0
counts no-result '0 passed, 1 failed' 1
counts absent '0 passed, 1 failed' 1
counts '0 passed, 0 failed' 1

exit $failed
