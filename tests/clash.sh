#!/bin/sh
# clash - no function of ours has the name of one in a library we load
#
# The linker would quietly let the library call ours.

set -eu
top=${top_builddir:-.}
ours=$(mktemp) theirs=$(mktemp)
trap 'rm -f "$ours" "$theirs"' EXIT

nm "$top"/lib*.a 2>/dev/null | awk '$2 ~ /^[TDBR]$/ { print $3 }' |
	sort -u >"$ours"
ldd "$top/activemm" | awk '/=> \// { print $3 }' |
	grep -Ev '/lib(c|m|asan|ubsan|gcov)\.so' |
	xargs -r nm -D --defined-only | sed 's/@.*//' | awk '{ print $NF }' |
	sort -u >"$theirs"
test -s "$ours" && test -s "$theirs"
clash=$(comm -12 "$ours" "$theirs")
test -z "$clash" || { echo "also in a library:" $clash; exit 1; }
