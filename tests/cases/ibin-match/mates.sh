# mates.sh - from scans to ranked lists: mates come first, however the files are given
. "$CASES/lib.sh"
make-case -m -f 3 -n 2 --subclass 0 --spacing 9 -o s > /dev/null
for f in s/*.x3p; do
	ibin-extract "$f" > "$(basename "$f" .x3p).sig"
done
cat F*.sig > all.sig
ibin-match all.sig < all.sig > rows
head -n 1 rows | cut -d , -f 1-11
awk -F, '{ mate = substr($1, 1, 4) == substr($2, 1, 4) && $5 > 30 && $7 > 20 }
	NR > 1 && $4 == 1 { print $1, (mate ? "its mate" : $0) }
	NR > 1 && $4 == 1 { score = $5; cells = $7 }
	NR > 1 && $4 > 1 && ($5 > score / 2 || $7 > cells / 2) { print "not so alike:", $0 }
	NR > 1 && ($9 < 0 || $9 >= 360 || $8 < $7 || $1 == $2) { print "odd:", $0 }' rows
# itself is no candidate, all others are
awk -F, 'NR > 1 { n[$1]++ } END { for (p in n) if (n[p] != 5) print p, n[p] }' rows
# the same from a file, from a pipe, with any number of threads, from files in any order
ibin-match -p all.sig all.sig | cmp rows -
cat all.sig | ibin-match -j 4 F003-S2.sig F001-S1.sig F002-S1.sig F001-S2.sig F003-S1.sig F002-S2.sig | cmp rows -
ibin-match -j 1 - -p all.sig < all.sig | cmp rows -
for f in F*.sig; do
	ibin-match all.sig < "$f" | tail -n +2
done | cmp - /dev/fd/3 3<< END
$(tail -n +2 rows)
END
# each pair once: the same scores as one by one
ibin-match --all F*.sig > pairs
ibin-match -a -j 3 < all.sig | cmp pairs -
awk -F, 'NR > 1' pairs | wc -l
awk -F, 'NR == FNR { if (NR > 1) score[$1 "," $2] = $5; next } FNR > 1 && score[$1 "," $2] != $5 { print }' rows pairs
# what the search alone leaves out is no mate
ibin-match --verify 1 all.sig < all.sig | awk -F, 'NR > 1 && substr($1, 1, 4) != substr($2, 1, 4)'
