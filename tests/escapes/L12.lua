-- warn writes to the terminal as it is.
warn("@on")
warn("\27]0;ESCAPED\7")
print("ESCAPED")
