# tui - panes, drawn on a grid of cells; only term.c knows ncurses
noinst_LIBRARIES += libtui.a
libtui_a_CFLAGS = $(AM_CFLAGS) $(EDIT_CFLAGS) $(CURSES_CFLAGS)
libtui_a_SOURCES =
libtui_a_SOURCES += src/tui/canvas.c
libtui_a_SOURCES += src/tui/canvas.h
libtui_a_SOURCES += src/tui/layout.c
libtui_a_SOURCES += src/tui/layout.h
libtui_a_SOURCES += src/tui/pane.h
