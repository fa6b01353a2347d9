#!/bin/sh
# vectors - all conformance vectors pass, and a wrong one does not

run="$top_builddir/tests/mmu/run-vectors"
data=$top_srcdir/tests/data/mmu-vectors
fail=0

said=$("$run" "$data"/*.gz) || fail=1
case $said in
*" passed, 0 failed") ;;
*) echo "$said" | tail -20; fail=1 ;;
esac

# One digit of what is expected is changed, in an access and in a sequence.
wrong()	# FILE SED WHAT
{
	gzip -dc "$data/$1" | sed "$2" >vectors.$$
	"$run" vectors.$$ >vectors.out.$$ && { echo "passes: $3"; fail=1; }
	grep -q '^vectors.*: expected .*, got ' vectors.out.$$ ||
		{ echo "no place told: $3"; fail=1; }
	rm -f vectors.$$ vectors.out.$$
}
wrong quick.txt.gz '5s/ out=ok pa=\([0-9a-f]*\)/ out=ok pa=1\1/' \
	"another address"
wrong quick.txt.gz '19s/ a=36e027/ a=36e007/' "another accessed bit"
wrong quick-seq.txt.gz '0,/exp=ok:/s/exp=ok:/exp=ok:1/' "another page"
"$run" "$data/nothing" >/dev/null 2>&1 && { echo "no file: passes"; fail=1; }

exit $fail
