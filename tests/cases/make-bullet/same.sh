# same.sh - a seed gives the same bytes; lost lands are lost, their neighbours unchanged
. "$CASES/lib.sh"
make-bullet --spacing 8 -n 1 -o a
make-bullet --spacing 8 -n 2 -o b
for f in a/*.x3p; do cmp "$f" "b/${f##*/}"; done
make-bullet --spacing 8 -n 1 --lost 2 -o c
for f in c/*.x3p; do cmp "$f" "a/${f##*/}"; done
ls c | wc -l
make-bullet --spacing 8 -k photo-side --turn 90 -l 4 --twist left -n 1 -o d
ls d
head -n 1 a/truth.csv
cut -d, -f 2-6 b/truth.csv | sed -n '2p;8p'
