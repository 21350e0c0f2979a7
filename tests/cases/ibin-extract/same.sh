# same.sh - names as arguments, one a line or NUL-separated, any number of threads: the same bytes
. "$CASES/lib.sh"
make-case -m -f 3 -n 2 --spacing 12 -o scans
make-case -k photo-ring --spacing 5.2 --width 1296 --height 972 -n 1 -o photos
ibin-extract -j 1 scans/*.x3p photos/*.jpg > one
ibin-extract -j 4 scans/*.x3p photos/*.jpg | cmp one -
printf '%s\n' scans/*.x3p photos/*.jpg | ibin-extract | cmp one -
printf '%s\0' scans/*.x3p photos/*.jpg | ibin-extract -0 -j 3 | cmp one -
find . -name '*.x3p' -print0 | sort -z | ibin-extract -0 --progress always 2> progress > two
grep -q files progress || echo "no progress"
# two files joined are both, in order; so is what is appended
ibin-extract photos/*.jpg > three
cat two three > both
ibin-extract --verify both one two three
ibin-extract -l both -c id > rows
ibin-extract -l one -c id | cmp - rows
ibin-extract photos/*.jpg >> two
cmp two both
# a scan on standard input
ibin-extract - < scans/F001-S1.x3p | ibin-extract -l -c id,mark
# no names at all: a file of no signatures
ibin-extract < /dev/null > none
ibin-extract -l none
ibin-extract --verify none
cat rows
