# wrong.sh - what it refuses, and that a full disk or a place that cannot be written is noticed
. "$CASES/lib.sh"
wants 2 make-case
wants 2 make-case -o x file
wants 2 make-case -o x --tool round
wants 2 make-case -o x --spacing 0
wants 2 make-case -o x --rotate sideways
wants 2 make-case -o x -k photo-ring --masked
wants 2 make-case -o x --width 9 --height 20001
[ -e x ] && echo "x was made"
wants 4 make-case -o no/such/folder
mkdir full
ln -s /dev/full full/truth.csv
wants 4 make-case -m --spacing 20 -o full
mkdir photo
ln -s /dev/full photo/F001-S1.jpg
wants 4 make-case -k photo-ring --spacing 20 --width 64 --height 64 -o photo
mkdir -p scan/F001-S1.x3p
wants 4 make-case -m --spacing 20 -o scan
