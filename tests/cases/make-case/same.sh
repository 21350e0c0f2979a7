# same.sh - a seed gives the same bytes, in one run or in two; another seed gives others
. "$CASES/lib.sh"
make-case -m -f 2 -n 2 --spacing 20 -o a
make-case -m -f 2 -n 1 --spacing 20 -o b
make-case -m -f 2 -n 1 --first 2 --spacing 20 -o b --truth second.csv
for f in a/*.x3p; do cmp "$f" "b/${f##*/}"; done
make-case -m -f 1 -n 1 -s 2 --spacing 20 -o c
cmp -s a/F001-S1.x3p c/F001-S1.x3p && echo "seeds 1 and 2 give the same"
tail -qn +2 b/truth.csv b/second.csv | sort > rows
tail -n +2 a/truth.csv | sort | cmp - rows
make-case -k photo-side --spacing 9 --width 400 --height 300 --colour --masks -n 1 -o d
ls a d
head -n 1 a/truth.csv
