# error 8: a tab in: A^Igood lesson
s/A good lesson/A\\tgood lesson/
