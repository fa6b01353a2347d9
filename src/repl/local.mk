# repl - the line mode: libedit and the pipe
noinst_LIBRARIES += librepl.a
librepl_a_CFLAGS = $(AM_CFLAGS) $(EDIT_CFLAGS)
librepl_a_SOURCES =
librepl_a_SOURCES += src/repl/offer.c
librepl_a_SOURCES += src/repl/offer.h
librepl_a_SOURCES += src/repl/past.c
librepl_a_SOURCES += src/repl/past.h
librepl_a_SOURCES += src/repl/pipe.c
librepl_a_SOURCES += src/repl/pipe.h
librepl_a_SOURCES += src/repl/repl.c
librepl_a_SOURCES += src/repl/repl.h
librepl_a_SOURCES += src/repl/tab.c
librepl_a_SOURCES += src/repl/tab.h
librepl_a_SOURCES += src/repl/talk.c
librepl_a_SOURCES += src/repl/talk.h
librepl_a_SOURCES += src/repl/wide.c
librepl_a_SOURCES += src/repl/wide.h
