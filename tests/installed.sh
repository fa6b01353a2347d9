#!/bin/sh
# installed - the program finds its data from its build tree and installed

set -eu
work=$(mktemp -d ./installed-XXXXXX)
trap 'rm -rf "$work"' EXIT
failed=0

# Plays the story with nothing of ours in the directory that we are in.
plays()	# PROGRAM
{
	if ! (cd "$work" && "$1" --batch -x lessons/story.amm) >"$work/said" ||
		! grep -q 'mm1 is freed' "$work/said"; then
		echo "not ok: $1"
		cat "$work/said"
		failed=1
	fi
}

${MAKE:-make} -C "$top_builddir" install DESTDIR="$PWD/$work/root" \
	>"$work/log" 2>&1 || {
	cat "$work/log"
	exit 1
}
installed=$(find "$PWD/$work/root" -type f -name activemm -perm -u+x)
plays "$AMM"
plays "$installed"

# Moved elsewhere as a whole, it still does; alone, it says what is missing.
mv "$work/root" "$work/moved"
plays "$(find "$PWD/$work/moved" -type f -name activemm -perm -u+x)"
find "$work/moved" -name story.amm -exec rm {} +
status=0
(cd "$work" && "$(find "$PWD/moved" -type f -name activemm -perm -u+x)" \
	--batch -x lessons/story.amm) >"$work/said" 2>&1 || status=$?
if [ "$status" -ne 5 ] || ! grep -q 'story.amm' "$work/said"; then
	echo "not ok: without its data, status $status"
	cat "$work/said"
	failed=1
fi

exit $failed
