# lessons - what the program plays, installed under $(pkgdatadir)/lessons
dist_lessons_DATA += lessons/story.amm
dist_lessons_DATA += lessons/07-zombie.lua
