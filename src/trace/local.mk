# trace - recordings of real kernels
noinst_LIBRARIES += libtrace.a
libtrace_a_SOURCES =
libtrace_a_SOURCES += src/trace/fields.c
libtrace_a_SOURCES += src/trace/fields.h
libtrace_a_SOURCES += src/trace/named.c
libtrace_a_SOURCES += src/trace/named.h
libtrace_a_SOURCES += src/trace/record.c
libtrace_a_SOURCES += src/trace/record.def
libtrace_a_SOURCES += src/trace/record.h
libtrace_a_SOURCES += src/trace/scan.c
libtrace_a_SOURCES += src/trace/scan.h
libtrace_a_SOURCES += src/trace/stream.c
libtrace_a_SOURCES += src/trace/stream.h
