# script - Lua 5.4 over activemm.h, in a sandbox
noinst_LIBRARIES += libscript.a
libscript_a_CFLAGS = $(AM_CFLAGS) $(LUA_CFLAGS)
libscript_a_SOURCES =
libscript_a_SOURCES += src/script/answer.c
libscript_a_SOURCES += src/script/answer.h
libscript_a_SOURCES += src/script/arguments.c
libscript_a_SOURCES += src/script/arguments.h
libscript_a_SOURCES += src/script/basics.c
libscript_a_SOURCES += src/script/coroutines.c
libscript_a_SOURCES += src/script/environment.c
libscript_a_SOURCES += src/script/lesson_fields.c
libscript_a_SOURCES += src/script/lesson_load.c
libscript_a_SOURCES += src/script/lesson_load.h
libscript_a_SOURCES += src/script/lesson_read.c
libscript_a_SOURCES += src/script/lesson_read.h
libscript_a_SOURCES += src/script/machine.c
libscript_a_SOURCES += src/script/machine.h
libscript_a_SOURCES += src/script/parts.h
libscript_a_SOURCES += src/script/pattern.c
libscript_a_SOURCES += src/script/pattern.h
libscript_a_SOURCES += src/script/prelude.c
libscript_a_SOURCES += src/script/sandbox.c
libscript_a_SOURCES += src/script/sandbox.h
libscript_a_SOURCES += src/script/script.c
libscript_a_SOURCES += src/script/script.h
libscript_a_SOURCES += src/script/strings.c
libscript_a_SOURCES += src/script/tables.c
nodist_libscript_a_SOURCES = src/script/prelude.inc

# The prelude is compiled in; what is installed is for reading.
BUILT_SOURCES += src/script/prelude.inc
CLEANFILES += src/script/prelude.inc
EXTRA_DIST += src/script/embed.awk
src/script/prelude.inc: lua/prelude.lua src/script/embed.awk
	$(AM_V_GEN)$(MKDIR_P) src/script && \
	$(AWK) -f $(srcdir)/src/script/embed.awk $(srcdir)/lua/prelude.lua >$@.new && \
	mv $@.new $@

src/script/libscript_a-prelude.$(OBJEXT): src/script/prelude.inc

preludedir = $(pkgdatadir)/lua
dist_prelude_DATA = lua/prelude.lua
