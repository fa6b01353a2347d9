#!/bin/sh
# layering - an include points down only, and only base touches the system
#
# usage: tests/layering.sh [SOURCES [ARCHIVES]]
#
# SOURCES is the tree to read (src), ARCHIVES the directory of the built
# libraries.  Sources are checked line by line by layering.awk.  The archives
# of the machine itself, engine and mmu, are checked by what they need from
# outside, which no macro can hide, and for having no variables of their own.

src=${1-$top_srcdir/src}
archives=${2-$top_builddir}
here=$(dirname "$0")

# Memory functions, assert(), and what compilers add by themselves; bcmp() is
# what clang makes of a memcmp() whose sign nobody asks for.
allowed='^(mem[a-z]+|bcmp|__mem[a-z]+_chk|__assert_fail|__stack_chk_fail'
allowed="$allowed|_GLOBAL_OFFSET_TABLE_"
allowed="$allowed|__(asan|ubsan|sanitizer|gcov|llvm)_.*|llvm_gc.*)\$"

# Tables that compilers add when they count lines or guard memory.
added='^(__gcov|__llvm|__asan|__odr_asan|__unnamed_|\.L|_?ubsan|switch\.table)'

machine_archives()
{
	for name in engine mmu; do
		[ ! -f "$archives/lib$name.a" ] || echo "$archives/lib$name.a"
	done
}

symbols()	# MODE ARCHIVE...
{
	mode=$1
	shift
	nm -P "$mode" "$@" | awk 'NF >= 2 { print $1 }' | sort -u
}

check_sources()
{
	find "$src" -name '*.[ch]' -o -name '*.def' | sort |
		xargs awk -v src="$src" -f "$here/layering.awk"
}

check_needs()	# ARCHIVE...
{
	symbols --defined-only "$@" >layering.defined.$$
	symbols --undefined-only "$@" |
		comm -23 - layering.defined.$$ |
		grep -Ev "$allowed" |
		sed 's/^/engine or mmu may not need the symbol /'
	rm -f layering.defined.$$
}

# Of objdump's columns, the flags are 18 to 24 and the section begins at 26.
check_variables()	# ARCHIVE...
{
	objdump -t "$@" |
		awk -F '\t' 'substr($1, 18, 7) !~ /d/ &&
			substr($1, 26) ~ /^(\.t?data|\.t?bss|\*COM\*)/ &&
			substr($1, 26) !~ /^\.data\.rel\.ro/ {
				sub(/^[^ ]* /, "", $2)
				print $2
			}' |
		grep -Ev "$added" |
		sed 's/^/engine or mmu may not have the variable /'
}

problems=$(
	check_sources
	set -- $(machine_archives)
	if [ $# -gt 0 ]; then
		check_needs "$@"
		check_variables "$@"
	fi
)
[ -z "$problems" ] || {
	printf '%s\n' "$problems"
	exit 1
}
