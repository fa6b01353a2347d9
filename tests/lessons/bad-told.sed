# error 6: step 3: the answer, 2, stands in the text before it
s/mm_count right after exit/is it 2 after exit/
