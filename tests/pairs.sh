#!/bin/sh
# pairs - every module has its unit test
#
# Each src/LAYER/NAME.c has a tests/unit/test_NAME.c, or a line
# "LAYER/PATTERN  reason" in tests/pairs.allow.  A line there that excuses
# nothing is a fault too.  Where layers share a NAME, the test belongs to the
# one whose header it includes.

cd "$top_srcdir" || exit 1

# One fact a line, for the awk below.
facts()
{
	grep -v '^#' tests/pairs.allow | sed 's/^/allow /'
	grep -H '^#include "' tests/unit/test_*.c |
		sed 's,^tests/unit/test_\(.*\)\.c:#include "\(.*\)\.h".*,test \1 \2,'
	find src/base src/mmu src/engine src/session src/trace \
		src/explore src/tui src/course src/script \
		-name '*.c' 2>/dev/null | sort | sed 's,^src/,module ,'
}

facts | awk '
$1 == "allow" {
	regex = $2
	gsub(/\./, "\\.", regex)
	gsub(/\*/, "[^/]*", regex)
	pattern["^" regex "$"] = $2
	if (NF < 3)
		complain("tests/pairs.allow: " $2 ": no reason")
}

$1 == "test" {
	tested[$2] = 1
	includes[$2, $3] = 1
}

$1 == "module" {
	name = $2
	sub(/.*\//, "", name)
	sub(/\.c$/, "", name)
	module[$2] = name
	layers[name]++
}

function complain(text)
{
	print text
	problems++
}

function has_test(path,    name, stem)
{
	name = module[path]
	stem = path
	sub(/\.c$/, "", stem)
	return name in tested && (layers[name] == 1 || (name, stem) in includes)
}

function is_allowed(path,    regex, found)
{
	for (regex in pattern)
		if (path ~ regex)
			found = used[regex] = 1
	return found
}

END {
	for (path in module)
		if (!has_test(path) && !is_allowed(path))
			complain(path " has no tests/unit/test_" \
				module[path] ".c")
	for (regex in pattern)
		if (!(regex in used))
			complain("tests/pairs.allow: " pattern[regex] \
				" excuses nothing")
	exit problems > 0
}'
