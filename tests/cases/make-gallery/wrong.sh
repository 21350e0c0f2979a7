# wrong.sh - what it refuses, and that a full disk is noticed
. "$CASES/lib.sh"
wants 2 make-gallery file < /dev/null
wants 2 make-gallery -n -1 < /dev/null
wants 2 make-gallery -j x < /dev/null
wants 2 make-gallery -n 2 --first 99999999 < /dev/null
wants 3 make-gallery < /dev/null
make-case -m -f 2 -n 1 --spacing 20 -o s > /dev/null
ibin-extract s/*.x3p > two.sig
wants 3 make-gallery < two.sig
cat two.sig two.sig > four.sig
head -c 9999 four.sig | wants 3 make-gallery
wants 4 make-gallery -n 9 < four.sig > /dev/full
wants 4 make-gallery --slim -n 9 < four.sig > /dev/full
