#!/bin/sh
# lessons - what lint and the loader find in lessons with one thing wrong
#
# tests/lessons/good.lua has nothing wrong.  Each NAME.sed beside it changes
# one thing; its first line is what lint must say then.  Of the files
# load-*.lua none is a lesson; their first line is why.

set -u
here=$top_srcdir/tests/lessons
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HOME=$work XDG_STATE_HOME=$work
export HOME XDG_STATE_HOME
status=0

fail()
{
	printf '%s\n' "$*"
	status=1
}

amm()
{
	"$AMM" --no-journal -c "$1" 2>&1
}

# What stands behind the comment sign of a file's first line.
first_line()
{
	sed -n '1s/^[-#]*  *//p' "$1"
}

cp "$here/good.lua" "$work/good.lua"
said=$(amm "lesson lint $work/good.lua")
[ "$said" = "good: 0 errors, 0 warnings" ] || fail "good.lua: $said"
amm "lesson test $work/good.lua --seeds=0..9" >"$work/out" ||
	fail "good.lua: $(cat "$work/out")"

for change in "$here"/*.sed; do
	name=$(basename "$change" .sed)
	wanted=$(first_line "$change")
	sed -f "$change" "$here/good.lua" >"$work/good.lua"
	cmp -s "$work/good.lua" "$here/good.lua" && fail "$name changes nothing"
	said=$(amm "lesson lint $work/good.lua")
	got=$?
	printf '%s\n' "$said" | grep -qxF -- "$wanted" ||
		fail "$name: not found: $wanted
$said"
	case $name in
	bad-*) [ "$got" = 1 ] || fail "$name: status $got" ;;
	*) [ "$got" = 0 ] || fail "$name: status $got" ;;
	esac
done

for file in "$here"/load-*.lua; do
	name=$(basename "$file")
	said=$(amm "lesson $file")
	[ $? = 5 ] || fail "$name: it loads"
	printf '%s\n' "$said" | grep -qF -- "$(first_line "$file")" ||
		fail "$name: $said"
done

# Every lesson that comes with the program is one.
for file in "$top_srcdir"/lessons/*.lua; do
	amm "lesson lint $file" >"$work/out" || fail "$file: $(cat "$work/out")"
	amm "lesson test $file --seeds=0..99" >"$work/out" ||
		fail "$file: $(cat "$work/out")"
done
exit $status
