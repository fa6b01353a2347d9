-- A function turned into bytecode.
print("ESCAPED", #string.dump(print))
