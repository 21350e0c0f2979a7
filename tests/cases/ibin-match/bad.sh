# bad.sh - a damaged gallery is named, and what stands before the damage is compared
. "$CASES/lib.sh"
make-case -m -f 2 -n 2 --spacing 12 -o s > /dev/null
ibin-extract s/*.x3p > all.sig
ibin-extract s/F001-S1.x3p > one.sig
ids() {
	"$@" -c probe,candidate
	echo "status $?"
}
size=$(wc -c < all.sig)
head -c $((size - 28)) all.sig > 'no end.sig'
head -c $((size * 6 / 10)) all.sig > cut.sig
{ head -c $((size * 6 / 10)) all.sig; printf '\1\2\3\4'; tail -c +$((size * 6 / 10 + 5)) all.sig; } > changed.sig
printf 'probe,candidate\na,b\n' > rows.csv
for gallery in 'no end.sig' cut.sig changed.sig rows.csv s/F001-S1.x3p s nosuch.sig /dev/null; do
	ids ibin-match "$gallery" < one.sig
done 2>&1 | sed 's/at byte [1-9][0-9]*/at byte N/'
# one bad file among good ones
ids ibin-match nosuch.sig one.sig cut.sig < all.sig 2>&1 | sed 's/at byte [1-9][0-9]*/at byte N/'
# and as probes
for probes in cut.sig rows.csv /dev/null; do
	ids ibin-match -n 1 one.sig < $probes
done 2>&1 | sed 's/at byte [1-9][0-9]*/at byte N/'
ids ibin-match -p nosuch.sig one.sig
