# shards.sh - parts of a run put together are the run; what is new is compared with everything, once
. "$CASES/lib.sh"
make-case -m -f 3 -n 2 --subclass 0 --spacing 12 -o s > /dev/null
ibin-extract s/F00[12]*.x3p > g.sig
ibin-extract s/F003*.x3p > more.sig
cat g.sig more.sig > all.sig

# a run, and its shards in any order of files
run() { # shards, options...
	n=$1
	shift
	rm -f part.*
	ibin-match "$@" > whole
	echo "status $?" >> whole
	i=0
	while [ $((i += 1)) -le "$n" ]; do
		ibin-match --shard $i/"$n" "$@" > part.$i
		[ $? -le 1 ] || echo "shard $i failed"
	done
	# shellcheck disable=SC2046
	{ ibin-match --merge $(ls -r part.*); echo "status $?"; } | cmp - whole
}
run 3 --all --verify 1 all.sig
ibin-match --index g.sig
run 2 --verify 1 -n 2 -p all.sig g.sig more.sig
run 4 --all --min-score 101 g.sig
ibin-match --all --verify 1 g.sig > plain
for i in 1 2; do
	ibin-match --shard $i/2 --all --verify 1 g.sig > part.$i
done
ibin-match --all --verify 1 -o json -c probe,score g.sig > whole
ibin-match --merge part.1 part.2 -o json -c probe,score | cmp - whole

echo "what is no set of shards:"
refused() { wants 3 ibin-match --merge "$@" 2>&1 | grep -v ^probe,; }
refused part.1
refused part.2
refused part.1 part.1
head -n 2 part.1 > short
refused short part.2
{ sed 2d part.1; } > short
refused short part.2
ibin-match --shard 2/2 --all --verify 2 g.sig > other
refused part.1 other
ibin-match --shard 2/2 --all --verify 1 all.sig > other
refused part.1 other
refused plain
cat part.1 part.1 > short
refused short part.2
refused nosuch part.2

echo "night after night:"
pairs() { tail -n +2 | awk -F, '{ print ($1 < $2 ? $1 " " $2 : $2 " " $1) }'; }
: > last
night() {
	ibin-match --known next "$@"
	cat next >> before
	ibin-match --all --verify 0 --new-since last --up-to next "$@" | pairs > found
	wc -l < found
	cat found >> nights
	mv next last
}
night g.sig
night g.sig
cat more.sig >> g.sig
ibin-match --all --verify 0 --new-since last --up-to last g.sig | pairs
night g.sig
ibin-match --all --verify 0 g.sig | pairs | sort > once
sort nights | cmp - once
ibin-match --known next g.sig
cmp next last

echo "what makes no sense:"
wants 3 ibin-match --all --new-since nosuch g.sig
wants 3 ibin-match --all --new-since g.sig g.sig
head -n 2 last > short
wants 3 ibin-match --all --up-to short g.sig > rows
wants 2 ibin-match --shard 0/3 --all g.sig
wants 2 ibin-match --shard 4/3 --all g.sig
wants 2 ibin-match --shard 1 --all g.sig
wants 2 ibin-match --shard 1/2 -o json --all g.sig
wants 2 ibin-match --new-since last g.sig
wants 2 ibin-match --merge --all part.1
wants 2 ibin-match --merge
wants 3 ibin-match --known list nosuch.sig
[ ! -e list ] || echo "a list of nothing"
