#!/bin/sh
# pairs - every module has its unit test
#
# Each src/LAYER/NAME.c has a tests/unit/test_NAME.c, or a line
# "LAYER/PATTERN  reason" in tests/pairs.allow.  A line there that excuses
# nothing is a fault too.

cd "$top_srcdir" || exit 1

modules_without_test()
{
	for file in src/base/*.c src/mmu/*.c src/engine/*.c src/session/*.c \
		src/trace/*.c src/explore/*.c; do
		if [ -f "$file" ] &&
			[ ! -f "tests/unit/test_$(basename "$file")" ]; then
			echo "${file#src/}"
		fi
	done
}

patterns()
{
	grep -v '^#' tests/pairs.allow | awk '{ print $1 }'
}

is_allowed()	# MODULE
{
	patterns | while read -r pattern; do
		# shellcheck disable=SC2254 # the pattern is meant as one
		case $1 in $pattern) echo yes ;; esac
	done | grep -q yes
}

excuses_something()	# PATTERN
{
	modules_without_test | while read -r module; do
		# shellcheck disable=SC2254 # the pattern is meant as one
		case $module in $1) echo yes ;; esac
	done | grep -q yes
}

problems=$(
	modules_without_test | while read -r module; do
		is_allowed "$module" ||
			echo "$module has no tests/unit/test_${module#*/}"
	done
	patterns | while read -r pattern; do
		excuses_something "$pattern" ||
			echo "tests/pairs.allow: $pattern excuses nothing"
	done
	awk '!/^#/ && NF < 2 { print "tests/pairs.allow: " $1 ": no reason" }' \
		tests/pairs.allow
)
[ -z "$problems" ] || {
	printf '%s\n' "$problems"
	exit 1
}
