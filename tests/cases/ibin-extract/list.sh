# list.sh - signature files listed and verified; cut and damaged ones are named, and what is whole is listed
. "$CASES/lib.sh"
make-case -m -f 2 -n 1 --spacing 12 -o s > /dev/null
ibin-extract s/*.x3p > good
ibin-extract -l good -c id,mark,width,height,step_um,source,region,method
ibin-extract --list -o table -c mark,id < good
ibin-extract -l -o tsv -c case,id,width - < good
wants 2 ibin-extract -l -c id,colour good
wants 2 ibin-extract -l -o xml good
size=$(wc -c < good)
for n in 0 10 100 $((size - 28)) $((size - 1)); do
	head -c "$n" good > part.sig
	wants 3 ibin-extract -l -c id part.sig
	wants 3 ibin-extract --verify part.sig
done 2>&1 | sed 's/at byte [1-9][0-9]*/at byte N/'
{ head -c 5000 good; printf X; tail -c +5002 good; } > flipped
wants 3 ibin-extract --verify good flipped nosuch s s/F001-S1.x3p good
wants 3 ibin-extract -l -c id flipped good
wants 0 ibin-extract --verify < good
wants 3 ibin-extract --verify < /dev/null
wants 4 ibin-extract -l good > /dev/full
