# exhibit.sh - all marks of two exhibits together: bullets in their phase, cases, and what is refused
. "$CASES/lib.sh"
make-bullet -s 4 -f 2 -n 2 -l 4 --noise 0.6 --height 200 -o b > /dev/null
# exhibit, land and lands as the maker says; what is not for --meta is cut off
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } { print $at["file"], $at["exhibit"], $at["land"], $at["lands"] }' \
	b/truth.csv > meta.csv
ibin-extract --mark land --twist right -m meta.csv b/*.x3p > bullets.sig
ibin-match --all --by exhibit bullets.sig > rows
head -n 1 rows
awk -F, 'NR > 1 { mate = substr($1, 1, 4) == substr($2, 1, 4)
	print $1, $2, $4, (mate && $5 != "" && $6 >= 1.5 && $8 > 10) ? "one barrel" : (!mate && $8 < 1) ? "two" : "odd: " $0 }' rows
# the phase is the one that was made
awk -F, 'NR == FNR { if (FNR == 1) for (i = 1; i <= NF; i++) at[$i] = i
		else if ($at["land"] == 1) first[$at["exhibit"]] = $at["barrel_land"]; next }
	FNR > 1 && substr($1, 1, 4) == substr($2, 1, 4) {
		print $1, $2, ((first[$1] - first[$2]) % 4 + 4) % 4 == $5 ? "right phase" : "phase " $5 }' b/truth.csv rows
# file or pipe, any number of threads, probes or pairs
ibin-match --by exhibit -a -j 3 - < bullets.sig | cmp - rows
first=$(awk -F, 'NR == 2 { print $2 }' meta.csv)
awk -F, -v x="$first" '$2 == x { print "b/" $1 }' meta.csv |
	ibin-extract --mark land --twist right -m meta.csv > probe.sig 2> /dev/null
ibin-match -b exhibit -n 0 bullets.sig < probe.sig | wc -l
ibin-match -b exhibit -n 1 -c probe,candidate,rank,lands -o json bullets.sig < probe.sig
ibin-match -b exhibit --min-lr 10 -p probe.sig bullets.sig -c rank,marks,backwards -o tsv
ibin-match -b exhibit -w "exhibit=$first" -n 0 bullets.sig < probe.sig | tail -n +2
# several marks of cases
make-case -s 5 -f 2 -n 2 --spacing 9 -o c > /dev/null
ibin-extract --mark all c/*.x3p > cases.sig
ibin-match --all --by exhibit cases.sig bullets.sig -c probe,candidate,marks,phase,lr |
	awk -F, '/^F/ { print $1, $2, $3, $4, ($5 > 10 ? "lr > 10" : $5 < 1 ? "lr < 1" : "lr " $5) }' | sort
# contradictions: that exhibit is refused, with the reason; the others are compared
refuse() {
	echo "$1:"
	awk -F, -v OFS=, "$1"' { print }' meta.csv > bad.csv
	ibin-extract --mark land -m bad.csv b/*.x3p > bad.sig
	wants 3 ibin-match --all --by exhibit -c probe,candidate bad.sig 2>&1
}
refuse 'NR == 2 { $4 = 5 }'
refuse 'NR == 2 { $3 = 2 }'
refuse 'NR == 3 { $3 = "" }'
refuse 'NR == 4 { $4 = "" }'
refuse 'NR == 4 { $3 = 9 }'
# nothing to compare, and what is no choice
wants 1 ibin-match --by exhibit cases.sig < probe.sig
wants 2 ibin-match --by mark cases.sig < probe.sig
wants 2 ibin-match --by exhibit -c cells cases.sig < probe.sig 2>&1 | cut -c 1-60
