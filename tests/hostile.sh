#!/bin/sh
# hostile - files and names that mean harm, through -x, -c and a pipe
#
# Each gets a clear error with its place, the right exit status, no crash and
# no hang; and no byte that a terminal obeys reaches the output.

fail=0
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 99
XDG_STATE_HOME=$dir/state
export XDG_STATE_HOME

complain()
{
	echo "$1"
	head -c 600 out | od -c | head -20
	fail=1
}

# run STATUS WHAT COMMAND...: what it says is in ./out, both streams.
run()
{
	wanted=$1 what=$2
	shift 2
	timeout 60 "$@" >out 2>&1
	got=$?
	[ "$wanted" = any ] || [ "$got" -eq "$wanted" ] ||
		complain "$what: status $got, not $wanted"
	# Escape, other controls, DEL; C1 as bytes of UTF-8 or alone; bidi.
	if LC_ALL=C grep -q "$(printf '[\001-\011\013-\037\177]')" out ||
		LC_ALL=C grep -aq "$(printf '\302[\200-\237]')" out ||
		LC_ALL=C grep -aq "$(printf '\342\200[\216\217\252-\256]')" out ||
		LC_ALL=C grep -aq "$(printf '\342\201[\246-\251]')" out ||
		! iconv -f UTF-8 -t UTF-8 out >/dev/null 2>&1; then
		complain "$what: bytes that a terminal obeys"
	fi
}

says()
{
	grep -qF -- "$1" out || complain "$what: does not say '$1'"
}

# each STATUS WHERE FILE [STATUS OF THE PIPE]: the same commands through -x, source and a pipe.
each()
{
	run "$1" "-x $3" "$AMM" --batch -x "$3"
	[ -z "$2" ] || says "$3:$2"
	run "$1" "source $3" "$AMM" --batch -c "source $3"
	[ -z "$2" ] || says "$3:$2"
	run "${4:-$1}" "a pipe of $3" sh -c '"$0" --batch <"$1"' "$AMM" "$3"
	run "$1" "-x $3 in JSON" "$AMM" --batch --json -x "$3"
}

# A typo is told with what was meant, and ends a batch with 2.
printf 'swich sh\n' >typo
each 2 1 typo
says "did you mean 'switch'"
printf 'spawn sh\n\n# no\nswich sh\nspawn vi\n' >fourth
each 2 4 fourth
grep -q 'spawn vi' out && complain "fourth: went on after the error"

# Escape codes and their like as commands, names, labels, times, files: all
# of these lines at once, as a pipe and as -c go on after an error.
esc=$(printf '\033]0;owned\007\033[2J')
cat >forms <<'EOF'
%s
spawn '%s'
spawn %s
spawn sh; switch sh; exec '%s'; ps; history
switch '%s'
help '%s'
print %s
print '%s'
print sh.%s
mmgrab init_mm --as='%s'
bookmark '%s'
alias '%s=exit'
alias a='%s'; alias
assert 1 == 2 '%s'
save 'no/%s'
load '%s'
source '%s'
break '%s'
set '%s' 1
set color '%s'
goto '%s'
invariant add x '%s'
predict mm1 2 -- %s
# %s
export transcript 'no/%s'
apropos '%s'
flush --%s
flush --pages='%s'
@%s idle
boot --kernel='%s'
config '%s' y
! printf '%s'
history
EOF
for word in "$esc" "$(printf 'a\302\2332Jb')" "$(printf 'a\2332Jb')" \
	"$(printf 'a\342\200\256gnp.exe')" "$(printf 'a\342\201\246b')" \
	"$(printf 'a\rb')" "$(printf 'a\177b')" "$(printf 'a\005b')" \
	"$(printf 'a\300\233b')" "$(printf 'a\355\240\200b')"; do
	set --
	: >lines
	while read -r form; do
		# shellcheck disable=SC2059 # the form is a format
		line=$(printf "$form" "$word")
		printf '%s\n' "$line" >>lines
		set -- "$@" -c "$line"
	done <forms
	for how in '' --plain --json; do
		run 2 "a pipe of $word $how" \
			sh -c '"$0" $1 <lines' "$AMM" "$how"
		# shellcheck disable=SC2086 # no word when there is no option
		run 2 "-c of $word $how" "$AMM" $how "$@"
	done
done
while read -r form; do
	# shellcheck disable=SC2059 # the form is a format
	printf "$form\n" "$esc" >line
	run any "-x of $form" "$AMM" -x line
	[ "$got" -le 6 ] || complain "-x of $form: status $got"
done <forms

# A name that is fine is shown as it is; a file name that is not is escaped.
printf 'spawn sh\n' >"$(printf 'x\033[2Jy')"
run 0 "an escape in a file name" "$AMM" -x "$(printf 'x\033[2Jy')"
printf 'swich\n' >"$(printf 'x\033[2Jz')"
run 2 "an escape in a file name" "$AMM" -x "$(printf 'x\033[2Jz')"

# Sizes.
awk 'BEGIN { for (i = 0; i < 1048576; i++) printf "a"; print "" }' >long
each 6 1 long
awk 'BEGIN { for (i = 0; i < 1200000; i++) printf "a"; print "" }' >longer
each 5 1 longer 2
awk 'BEGIN { printf "spawn "; for (i = 0; i < 4000; i++) printf "a"; print "" }' >name
each 2 1 name
awk 'BEGIN { for (i = 0; i < 100000; i++) print "cpu " i % 2 }' >many
each 0 '' many
awk 'BEGIN { for (i = 0; i < 30; i++) printf "cpu;" ; print "" }' >commands
each 6 1 commands
awk 'BEGIN { for (i = 0; i < 200; i++) printf "ps " ; print "" }' >words
each 6 1 words
awk 'BEGIN { printf "print "; for (i = 0; i < 900; i++) printf "("; print 1 }' >deep
each 6 1 deep
awk 'BEGIN { printf "print 1"; for (i = 0; i < 900; i++) printf "+1"; print "" }' >terms
each 6 1 terms
awk 'BEGIN { printf "print "; for (i = 0; i < 900; i++) printf "!"; print "1" }' >bangs
each 6 1 bangs

# Zero bytes: a file of text has none.
printf 'spawn sh\nspawn \000vi\nspawn make\n' >zero
run 5 "a zero byte, -x" "$AMM" --batch -x zero
says "zero:2"
run 2 "a zero byte, piped" sh -c '"$0" --batch <zero' "$AMM"
says "standard input:2"

# Quotes and numbers.
printf "spawn 'sh\n" >quote
each 2 1 quote
printf 'spawn "sh\n' >quote
each 2 1 quote
# Each of these lines is refused, and none of them does anything.
cat >numbers <<'EOF'
boot --cpus=99999999999999999999
boot --cpus=-1
boot --cpus=0x
boot --cpus=1e9
boot --cpus=0
boot --cpus=4294967298
boot --cpus=65536
boot --cpus=4097
boot --seed=0x100000000
boot --seed=0
step 99999999999999999999
step 0
step -1
undo 0x
delete 4294967297
delete 0
goto t4294967296
goto t1.4294967296
goto t99
goto ^99999999999
switch 4294967296
switch -1
print 1/0
print $99
print 99999999999999999999
@4294967296 idle
@-1 idle
@99 idle
cpu 4095
help E99999
history -1
migrate 1 9
continue --order=9
continue --order=a,b
exit --steps=x
exit --steps=
exit --steps
ipi 0
flush --pages=4294967297
break free --cpu=4294967296
EOF
"$AMM" --json <numbers >out 2>&1
got=$?
[ $got -eq 2 ] || complain "numbers: status $got, not 2"
grep -n '"ok":true' out && complain "numbers: not all refused"
[ "$(wc -l <out)" -eq "$(wc -l <numbers)" ] || complain "numbers: not one each"

# Not files of commands at all.
run 5 "a directory" "$AMM" --batch -x .
run 5 "no file" "$AMM" --batch -x nothing
says nothing
run 5 "a device" "$AMM" --batch -x /dev/zero
# Noise, the same in each run; a line of it may begin with '!', and what a
# shell says of it is the shell's, so there is none here.
LC_ALL=C awk 'BEGIN {
	for (i = n = 1; i <= 300000; i++) {
		n = (n * 16807) % 2147483647
		printf "%c", int(n / 8388608)
	}
}' >noise
run any "noise" "$AMM" --no-shell -x noise
[ $got -gt 0 ] && [ $got -le 6 ] || complain "noise: status $got"
run any "noise, piped" sh -c '"$0" --no-shell <noise' "$AMM"
[ $got -gt 0 ] && [ $got -le 6 ] || complain "noise, piped: status $got"

exit $fail
