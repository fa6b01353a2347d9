#!/bin/sh
# shown - each session in the README goes as it is written there
#
# usage: tests/shown.sh [--accept]
#
# Such a session is a block that begins with ```session.  --accept writes what
# is answered now into the README: review it like code.

set -eu
readme=$top_srcdir/README.md
work=$(mktemp -d ./shown-XXXXXX)
trap 'rm -rf "$work"' EXIT

# Each session becomes a file, and the rest the frame around them.
split()
{
	awk -v dir="$work" '
	/^```$/ { inside = 0 }
	inside  { print > name; next }
		{ print > (dir "/frame") }
	/^```session$/ {
		inside = 1
		name = sprintf("%s/README-%d.amt", dir, ++count)
	}
	END { exit count == 0 }' "$readme"
}

join()
{
	awk -v dir="$work" '
	{ print }
	/^```session$/ {
		name = sprintf("%s/README-%d.amt", dir, ++count)
		while ((getline line < name) > 0)
			print line
	}' "$work/frame"
}

split
sh "$top_srcdir/tests/run-transcript" "$@" "$work"/README-*.amt
if [ "${1-}" = --accept ]; then
	join >"$work/README.md"
	cat "$work/README.md" >"$readme"
fi
