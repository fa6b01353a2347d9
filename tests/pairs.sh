#!/bin/sh
# pairs - every module has its unit test
#
# Each src/LAYER/NAME.c has a tests/unit/test_NAME.c, or a line
# "LAYER/NAME.c  reason" in tests/pairs.allow.  A line there that is no longer
# needed is a fault too.

cd "$top_srcdir" || exit 1
problems=$(
	for file in src/base/*.c src/mmu/*.c src/engine/*.c src/session/*.c \
		src/trace/*.c src/explore/*.c; do
		[ -f "$file" ] || continue
		module=${file#src/}
		test=tests/unit/test_$(basename "$file")
		allowed=$(grep "^$module[[:space:]]" tests/pairs.allow)
		if [ -f "$test" ] && [ -n "$allowed" ]; then
			echo "$module has a test: take it from tests/pairs.allow"
		elif [ ! -f "$test" ] && [ -z "$allowed" ]; then
			echo "$module has no $test"
		elif [ -n "$allowed" ] &&
			[ -z "$(echo "$allowed" | awk '{ print $2 }')" ]; then
			echo "$module: no reason in tests/pairs.allow"
		fi
	done
	sed -n 's,^\([a-z]*/[^[:space:]]*\).*,\1,p' tests/pairs.allow |
		while read -r module; do
			[ -f "src/$module" ] ||
				echo "$module in tests/pairs.allow does not exist"
		done
)
[ -z "$problems" ] || {
	printf '%s\n' "$problems"
	exit 1
}
