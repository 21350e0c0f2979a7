# index.sh - an index changes nothing but the time; one that does not fit is not used
. "$CASES/lib.sh"
make-case -m -f 3 -n 2 --subclass 0 --spacing 12 -o s > /dev/null
printf 'file,calibre\nF001-S1.x3p,9x19\nF002-S2.x3p,.45 ACP\n' > meta.csv
ibin-extract -m meta.csv s/F00[12]*.x3p > g.sig
ibin-extract s/F003*.x3p > more.sig
ibin-extract s/F00[23]-S2.x3p > probes.sig

# each kind of search with an index, and without
same() {
	rm -rf plain && mkdir plain && cp g.sig more.sig plain
	for options in '-n 0 --verify 2' '-j 1 -w calibre=9*' '--all --verify 1' '--by exhibit --verify 2' \
			'--all --by exhibit --verify 1'; do
		for galleries in "$@"; do
			# shellcheck disable=SC2086
			ibin-match $options $galleries < probes.sig > have 2> have.err
			echo $? >> have
			# shellcheck disable=SC2086
			(cd plain && ibin-match $options $galleries < ../probes.sig > ../without 2> ../without.err; echo $? >> ../without)
			cmp have without
			cmp have.err without.err
		done
	done
}
wants 0 ibin-match --index g.sig
[ -s g.sig.idx ] || echo "no index"
same g.sig 'more.sig g.sig'
echo "grown"
cat more.sig >> g.sig
same g.sig
before=$(wc -c < g.sig.idx)
wants 0 ibin-match --index g.sig more.sig
[ "$(wc -c < g.sig.idx)" -gt "$before" ] || echo "not extended"
same 'g.sig more.sig'
echo "nothing new"
cp g.sig.idx kept
wants 0 ibin-match --index g.sig
cmp g.sig.idx kept

# never trusted when it does not fit: said, and the rows are the same
said() {
	echo "$1:"
	ibin-match -n 1 g.sig < probes.sig -c probe,candidate > rows 2> said
	cat said
	cmp rows wanted_rows
	ibin-match --index g.sig
}
ibin-match -n 1 g.sig < probes.sig -c probe,candidate > wanted_rows
cp more.sig.idx g.sig.idx
said "of another gallery"
head -c 5000 kept > g.sig.idx
said "cut"
{ head -c 1000 kept; printf 'damage'; tail -c +1007 kept; } > g.sig.idx
said "damaged"
: > g.sig.idx
said "empty"
{ cat more.sig; ibin-extract s/F001*.x3p; cat more.sig; } > changed
cp changed g.sig
ibin-match -n 1 changed < probes.sig -c probe,candidate > wanted_rows
said "a gallery put in its place"

echo "two at once"
rm g.sig.idx
ibin-match --index g.sig & ibin-match --index g.sig & ibin-match --index g.sig
wait
ibin-match -n 1 g.sig < probes.sig -c probe,candidate | cmp - wanted_rows
ls

echo "what has none"
wants 3 ibin-match --index nosuch.sig
head -c 3000 more.sig > cut.sig
wants 3 ibin-match --index cut.sig
wants 2 ibin-match --index - < g.sig
wants 2 ibin-match --index --all g.sig
wants 2 ibin-match --index
ls ./*.idx
