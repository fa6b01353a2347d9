# repl - the line mode: libedit and the pipe
activemm_SOURCES += src/repl/past.c
activemm_SOURCES += src/repl/past.h
activemm_SOURCES += src/repl/pipe.c
activemm_SOURCES += src/repl/pipe.h
activemm_SOURCES += src/repl/repl.c
activemm_SOURCES += src/repl/repl.h
activemm_SOURCES += src/repl/tab.c
activemm_SOURCES += src/repl/tab.h
