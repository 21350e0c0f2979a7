# other.sh - pictures of something else are refused, with a reason
. "$CASES/lib.sh"
make-case -k photo-ring --spacing 5.2 --width 1296 --height 972 -n 1 --masks -o p > /dev/null
# the mask of a region: two tones and no marks; a headstamp's corner; a picture of noise
head -c 1000000 /dev/zero | tr '\0' '\200' > grey
{ printf 'P5\n1000 1000\n255\n'; cat grey; } > grey.pgm
refused() {
	wants 3 ibin-extract "$@" 2> message | ibin-extract -l -c id
	sed 's/^\(ibin-extract: [^:]*\): ..*/\1: a reason/' message
}
refused p/F001-S1_BF.png
make-case -k photo-ring --spacing 1 --width 1000 --height 800 --decentre 0 -n 1 -o near > /dev/null
refused near/F001-S1.jpg
make-case -k photo-ring --spacing 40 --width 200 --height 150 -n 1 -o far > /dev/null
refused far/F001-S1.jpg
make-case -m -n 1 --spacing 50 --width 12 --height 12 -o few > /dev/null
refused few/F001-S1.x3p
refused grey.pgm
