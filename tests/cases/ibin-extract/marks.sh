# marks.sh - every mark of a head: found where it is there, refused with the reason where it is not
. "$CASES/lib.sh"
# the same firearms, once with the whole head in the picture, once with the primer only
make-case -s 41 -f 2 -n 2 --width 1000 --height 1000 --spacing 9.4 --masks -o head > /dev/null
make-case -s 41 -f 1 -n 1 --spacing 9.4 -o primer > /dev/null
make-case -s 41 -f 1 -n 1 --spacing 9.4 -m -o ring > /dev/null
make-case -s 41 -f 1 -n 1 --spacing 7 --width 1296 --height 1296 -k photo-ring --masks -o photo > /dev/null
mkdir pictures
ibin-extract --mark all -p pictures head/*.x3p > all.sig
ls pictures
ibin-extract -l -c id,mark,height all.sig
make-case -s 7 -f 2 -n 2 -o wiped > /dev/null
make-case -s 8 -f 1 -n 1 -o plain > /dev/null
for set in head/firing-pin head/ejector wiped/shear; do
	mark=${set#*/} folder=${set%/*}
	ibin-extract --mark $mark $folder/*.x3p > $mark.sig
	ibin-extract -l -c id,mark,region $mark.sig | sed 's/from .* deg/a profile/'
	ibin-match --all $mark.sig -c mark | tail -n 1
	for other in primer/F001-S1.x3p plain/F001-S1.x3p ring/F001-S1.x3p photo/F001-S1.jpg; do
		ibin-extract --mark $mark $other 2> message | ibin-extract -l -c mark | tail -n +2
		sed 's/([^)]*)/(...)/' message
	done
done
# where a person says it is: the mask of one that is found, and a photograph
ibin-extract --mark ejector head/F001-S1.x3p -r head/F001-S1_EJ.png > given.sig
ibin-match -p given.sig ejector.sig -n 1 -c candidate,mark
ibin-extract --mark ejector -s 7 photo/F001-S1.jpg -r photo/F001-S1_EJ.png | ibin-extract -l -c mark,region,spacing_from
# a land given as one of these, and one of these as a land
make-bullet -s 2 --height 200 -l 4 -n 1 -o bullet > /dev/null
ibin-extract --mark land -p pictures bullet/B001-S1-L1.x3p | ibin-extract -l -c mark
ls pictures
wants 2 ibin-extract --mark land --circle 9,9,9 bullet/B001-S1-L1.x3p 2>&1
for mark in breech-face ejector; do
	wants 3 ibin-extract --mark $mark bullet/B001-S1-L1.x3p > out.sig
done
wants 3 ibin-extract --mark land primer/F001-S1.x3p 2>&1 > out.sig | sed 's/^\(ibin-extract: [^:]*\): ..*/\1: a reason/'
