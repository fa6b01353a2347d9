#!/bin/sh
# clash - no function of ours has the name of one in a library we link
#
# The linker would quietly let the library call ours.  An archive shows all
# names, those too that its shared library hides.

set -eu
top=${top_builddir:-.}
ours=$(mktemp) theirs=$(mktemp)
trap 'rm -f "$ours" "$theirs"' EXIT

nm "$top"/lib*.a 2>/dev/null | awk '$2 ~ /^[TDBR]$/ { print $3 }' |
	sort -u >"$ours"
for lib in edit ncursesw tinfo bsd md lua5.4 z; do
	archive=$(${CC:-cc} -print-file-name=lib$lib.a)
	test ! -f "$archive" || nm -g --defined-only "$archive" 2>/dev/null
done | awk 'NF == 3 { print $3 }' | sort -u >"$theirs"
test -s "$ours" && test -s "$theirs"
clash=$(comm -12 "$ours" "$theirs")
test -z "$clash" || { echo "also in a library:" $clash; exit 1; }
