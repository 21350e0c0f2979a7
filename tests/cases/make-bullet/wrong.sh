# wrong.sh - what it refuses, and that a full disk is noticed
. "$CASES/lib.sh"
wants 2 make-bullet
wants 2 make-bullet -o x file
wants 2 make-bullet -o x --lands 3
wants 2 make-bullet -o x --lands 4 --lost 4
wants 2 make-bullet -o x --turn 45
wants 2 make-bullet -o x --width 4000
[ -e x/B001-S1-L1.x3p ] && echo "a land was made"
mkdir full
ln -s /dev/full full/truth.csv
wants 4 make-bullet --spacing 10 -n 1 -o full
