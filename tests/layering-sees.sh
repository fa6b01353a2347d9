#!/bin/sh
# layering-sees - layering.sh notices each kind of broken rule
#
# Each case is a small tree with one bad line; a tree without one must pass.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d ./layering-XXXXXX)
trap 'rm -rf "$work"' EXIT
failed=0

# Lays out a tree whose FILE has the LINE, and runs the check on it.
check()	# FILE LINE
{
	rm -rf "$work/src"
	mkdir -p "$work/src/$(dirname "$1")"
	printf '%s\n' "$2" >"$work/src/$1"
	sh "$here/layering.sh" "$work/src" "$work"
}

accepts()	# FILE LINE
{
	if ! said=$(check "$1" "$2"); then
		echo "not ok: $1: $2: $said"
		failed=1
	fi
}

refuses()	# FILE LINE WORDS
{
	if said=$(check "$1" "$2"); then
		echo "not ok: nothing said about $1: $2"
		failed=1
	elif ! printf '%s\n' "$said" | grep -qF "$3"; then
		echo "not ok: $1: $2: said only: $said"
		failed=1
	fi
}

# The same, for C code that becomes the engine's archive.
compile()	# CODE
{
	printf '%s\n' "$1" >"$work/part.c"
	${CC:-cc} -c -o "$work/part.o" "$work/part.c"
	rm -f "$work/libengine.a"
	ar cr "$work/libengine.a" "$work/part.o"
}

accepts engine/a.c '#include "engine/world.h"'
accepts session/a.c '#include "engine/world.h"'
accepts trace/a.c '#include "session/parse.h"'
accepts repl/a.c '#include "activemm.h"'
accepts activemm.h '#include "engine/world.h"'
accepts main.c '#include "repl/repl.h"'
refuses base/a.c '#include "engine/world.h"' 'base may not include'
refuses mmu/a.c '#include "engine/world.h"' 'mmu may not include'
refuses engine/a.c '#include "session/parse.h"' 'engine may not include'
refuses engine/a.c '#include "config.h"' 'engine may not include'
refuses session/a.c '#include "trace/record.h"' 'session may not include'
refuses trace/a.c '#include "explore/search.h"' 'trace may not include'
refuses explore/a.c '#include "repl/repl.h"' 'explore may not include'
refuses repl/a.c '#include "engine/world.h"' 'repl may not include'
refuses script/a.c '#include "session/parse.h"' 'script may not include'
refuses main.c '#include "engine/world.h"' 'main may not include'
refuses other/a.c 'int a;' 'no rule for the folder'

accepts repl/a.c '#include <histedit.h>'
accepts base/a.c '#include <zlib.h>'
accepts tui/a.c '#include <histedit.h>'
accepts tui/a.c '#include "repl/a.h"'
refuses repl/a.c '#include "tui/a.h"' 'repl may not include'
refuses session/a.c '#include <histedit.h>' 'belongs to repl'
refuses repl/a.c '#include <curses.h>' 'belongs to tui'
refuses session/a.c '#include <lua.h>' 'belongs to script'
refuses trace/a.c '# include <zlib.h>' 'belongs to base'
refuses engine/a.c '#include <stdio.h>' 'engine may not include'
refuses mmu/a.c '#include <time.h>' 'mmu may not include'

accepts base/a.c 'p = malloc(n);'
accepts session/a.c '/* free(p) */ x = "printf()"; // write(1)'
accepts session/a.c 'log->write(x); mm_free(m); snprintf(b, n, "");'
refuses session/a.c 'p = malloc(n);' 'only base may call'
refuses session/a.c '"/*"; free (p);' 'only base may call'
refuses trace/a.c 'f = fopen(name, "r");' 'only base may call'
refuses repl/a.c 'printf("hello");' 'only base may call'
refuses main.c '/* a */ rename(a, b); /* b' 'only base may call'

compile 'void *memset(void *, int, unsigned long);
	extern int b; int a(int *p) { memset(p, 0, 4); return b; }'
refuses engine/a.c '' 'may not need the symbol b'
compile 'const int b = 1; int a(void) { return b; }'
accepts engine/a.c ''
compile 'static int b; int a(void) { return b++; }'
refuses engine/a.c '' 'may not have the variable b'
compile 'int b = 3;'
refuses engine/a.c '' 'may not have the variable b'
compile '_Thread_local int b; int a(void) { return b++; }'
refuses engine/a.c '' 'may not have the variable b'
compile 'static const char *const b[] = { "x" };
	const char *a(int i) { return b[i]; }'
accepts engine/a.c ''

exit $failed
