# lessons - what the program plays, installed under $(pkgdatadir)/lessons
dist_lessons_DATA += lessons/story.amm
