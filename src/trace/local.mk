# trace - recordings of real kernels
noinst_LIBRARIES += libtrace.a
libtrace_a_SOURCES =
