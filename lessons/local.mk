# lessons - what the program plays, installed under $(pkgdatadir)/lessons
