# repl - the line mode: libedit and the pipe
