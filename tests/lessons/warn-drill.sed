# warning: step 6: the recap names no drill
/drill/d
