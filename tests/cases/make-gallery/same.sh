# same.sh - a gallery does not depend on threads, nor on how much of it is made at a time; its signatures are compared as
# others are
. "$CASES/lib.sh"
make-case -m -f 3 -n 1 --spacing 12 -o s > /dev/null
ibin-extract s/*.x3p > base.sig
make-gallery -n 40 -j 1 < base.sig > one.sig
make-gallery -n 40 -j 3 < base.sig | cmp one.sig -
make-gallery -n 40 < base.sig | cmp one.sig -
make-gallery -n 40 --slim -j 1 < base.sig > slim.sig
make-gallery -n 40 --slim -j 3 < base.sig | cmp slim.sig -
# the last three alone: the same signatures, so none of them is a candidate for itself
make-gallery -n 3 --first 38 < base.sig > last.sig
ibin-extract -l last.sig -c id,mark,source
ibin-match -n 0 last.sig < last.sig | awk -F, 'NR > 1 && $1 == $2'
ibin-match -n 0 one.sig < last.sig | awk -F, 'NR > 1 { n[$1]++; itself += $1 == $2 } END { for (i in n) print n[i]; print itself + 0 }'
# each is a mate of what its largest part comes from
ibin-match --all -n 0 --min-lr 10 -c probe,candidate base.sig last.sig | awk -F, 'NR > 1 && /^F/ && /S/ {
	split($0, id, ","); for (i = 1; i <= 2; i++) if (id[i] ~ /^S/) seen[id[i]] = 1 }
	END { for (i in seen) n++; print n, "of 3 have a part that shows" }'
# another seed, other signatures
make-gallery -n 3 --first 38 -s 2 < base.sig | cmp -s last.sig - && echo "seeds 1 and 2 give the same"
make-gallery -n 0 < base.sig | ibin-extract -l
