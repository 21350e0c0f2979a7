# lands.sh - lands and bullets in a gallery that is searched: mates are found, with an index and without
. "$CASES/lib.sh"
make-bullet --seed 9 --shots 2 -o s > /dev/null
for shot in 1 2; do
	awk -F, -v OFS=, -v shot=$shot 'FNR == 1 || $4 == shot { print $1, $2, $5, $7, $8 }' s/truth.csv > meta.csv
	ibin-extract --mark land -m meta.csv s/*-S$shot-*.x3p > shot-$shot.sig
done
mv shot-1.sig probes.sig
mv shot-2.sig mates.sig
make-land-gallery -n 240 --seed 2 < probes.sig > g.sig
cat mates.sig >> g.sig

echo "lands"
# ten of 246 are compared
ibin-match --verify 1 -n 1 -c probe,candidate,rank,lag_um -p probes.sig g.sig
ibin-match --verify 1 -n 0 -c probe,candidate -p probes.sig g.sig | tail -n +2 | cut -d, -f1 | sort | uniq -c
ibin-match --verify 0 -n 1 -p probes.sig g.sig > all
ibin-match --verify 1 -n 1 -p probes.sig g.sig | cmp - all
echo "bullets"
ibin-match --verify 1 -n 0 --by exhibit -c probe,candidate,rank,marks,phase,lands,backwards -p probes.sig g.sig
ibin-match --verify 0 -n 1 --by exhibit -p probes.sig g.sig > all
ibin-match --verify 1 -n 1 --by exhibit -p probes.sig g.sig | cmp - all

# each kind of search with an index, with one and more in memory, and with neither
same() { # options
	# shellcheck disable=SC2086
	ibin-match $1 g.sig < probes.sig > without
	cp g.sig i.sig
	wants 0 ibin-match --index i.sig
	# shellcheck disable=SC2086
	ibin-match $1 i.sig < probes.sig | cmp - without
	cat probes.sig >> i.sig
	cat g.sig probes.sig > more.sig
	# shellcheck disable=SC2086
	ibin-match $1 more.sig < mates.sig > without
	# shellcheck disable=SC2086
	ibin-match $1 -j 1 i.sig < mates.sig | cmp - without
	rm i.sig i.sig.idx
}
same '--verify 1 -n 0'
same '--all --verify 1 -n 2'
same '--verify 2 -n 0 --by exhibit'
same '--verify 2 -n 3 --by exhibit -w exhibit=X*'
cp g.sig i.sig
wants 0 ibin-match --index i.sig
ibin-match --all --verify 1 --by exhibit -n 1 g.sig > without
ibin-match --all --verify 1 --by exhibit -n 1 i.sig | cmp - without

# and in parts
for part in 1 2 3; do
	ibin-match --verify 1 -n 3 --shard $part/3 -p probes.sig i.sig > part.$part
done
ibin-match --verify 1 -n 3 -p probes.sig g.sig > without
ibin-match --merge part.? | cmp - without
