# across.sh - topographies as they come from the instrument, not masked, and a masked one, in one gallery
. "$CASES/lib.sh"
make-case -f 3 -n 1 -s 5 --spacing 9 --tool parallel -o raw > /dev/null
make-case -m -f 3 -n 1 --first 2 -s 5 --spacing 7 --tool parallel -o masked > /dev/null
ibin-extract raw/*.x3p > raw.sig
ibin-extract -l raw.sig -c id,source,region
ibin-extract masked/*.x3p | ibin-match -n 1 raw.sig |
	awk -F, 'NR > 1 { print $1, $2, ($5 > 30 ? "alike" : $5) }'
