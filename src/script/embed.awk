# embed.awk - a text file as a C string: awk -f embed.awk FILE >prelude.inc

BEGIN {
	print "/* Made from lua/prelude.lua by embed.awk. */"
	print "static const char prelude_text[] ="
}

{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\\&")
	print "\t\"" $0 "\\n\""
}

END {
	print "\t;"
}
