# layering.awk - checks the includes and the calls of one source tree
#
# usage: awk -v src=DIR -f layering.awk DIR/engine/world.h ...
#
# Prints one line for each line of code that breaks a rule.  The first folder
# below src is the layer; files beside the folders are the layers "api"
# (activemm.*) and "main" (all others).

BEGIN {
	# Which layers a layer may include, besides itself.
	may["base"] = ""
	may["mmu"] = "base"
	may["engine"] = "mmu base"
	may["session"] = "api engine mmu base"	# it is what api declares
	may["course"] = may["trace"] = may["explore"] = \
		"session engine mmu base"
	may["api"] = "course trace explore session engine mmu base"
	may["repl"] = may["script"] = "api base"
	may["tui"] = "repl api base"	# the same conversation, drawn
	may["main"] = "api repl tui script base"

	# Headers of a library, and the layers that know the library.
	only["histedit.h"] = only["editline/readline.h"] = "repl tui"
	only["curses.h"] = only["ncurses.h"] = only["term.h"] = "tui"
	only["lua.h"] = only["lauxlib.h"] = only["lualib.h"] = "script"
	only["zlib.h"] = "base"

	# All that the machine itself, engine and mmu, may know of C.
	plain = " assert.h inttypes.h limits.h stdbool.h stddef.h stdint.h" \
		" string.h "

	# What only base calls: memory, output, files, other programs.
	calls = "malloc calloc realloc reallocarray aligned_alloc" \
		" posix_memalign alloca free strdup strndup asprintf vasprintf" \
		" getline getdelim open_memstream" \
		" printf vprintf fprintf vfprintf dprintf vdprintf puts fputs" \
		" putchar putc fputc fwrite write writev pwrite perror" \
		" open openat creat fopen fdopen freopen tmpfile mkstemp" \
		" rename renameat unlink remove truncate ftruncate mkdir" \
		" system popen"
	gsub(" ", "|", calls)
	calls = "(^|[^A-Za-z0-9_.>])(" calls ")[ \t]*\\("
}

function layer_of(file)
{
	if (file ~ /\//)
		return substr(file, 1, index(file, "/") - 1)
	return file ~ /^activemm\./ ? "api" : "main"
}

function complain(text)
{
	print FILENAME ":" FNR ": " text
}

# The code of a line: without comments, and without what stands in quotes.
function code_of(line,    out)
{
	while (line != "") {
		if (in_comment) {
			if (!match(line, /\*\//))
				return out
			line = substr(line, RSTART + 2)
			in_comment = 0
		} else if (match(line, /\/\*|\/\/|"([^"\\]|\\.)*"|'([^'\\]|\\.)+'/)) {
			out = out substr(line, 1, RSTART - 1) " "
			in_comment = substr(line, RSTART, 2) == "/*"
			if (substr(line, RSTART, 2) == "//")
				return out
			line = substr(line, RSTART + RLENGTH)
		} else {
			return out line
		}
	}
	return out
}

function check_own_header(name,    other)
{
	other = layer_of(name)
	if (other != layer && (" " may[layer] " ") !~ (" " other " "))
		complain(layer " may not include \"" name "\"")
}

function check_system_header(name)
{
	if (name in only && (" " only[name] " ") !~ (" " layer " "))
		complain("<" name "> belongs to " only[name])
	if ((layer == "engine" || layer == "mmu") && \
	    index(plain, " " name " ") == 0)
		complain(layer " may not include <" name ">")
}

FNR == 1 {
	layer = layer_of(substr(FILENAME, length(src) + 2))
	in_comment = 0
	if (!(layer in may))
		complain("no rule for the folder " layer)
}

/^[ \t]*#[ \t]*include/ {
	name = $0
	sub(/^[^"<]*["<]/, "", name)
	sub(/[">].*/, "", name)
	if ($0 ~ /"/)
		check_own_header(name)
	else
		check_system_header(name)
	next
}

{
	code = code_of($0)
	if (layer != "base" && match(code, calls)) {
		name = substr(code, RSTART, RLENGTH)
		gsub(/[^a-z_]/, "", name)
		complain("only base may call " name "()")
	}
}
