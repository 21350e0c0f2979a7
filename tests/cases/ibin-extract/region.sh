# region.sh - the region and the spacing as a person gives them, and the picture of what was found
. "$CASES/lib.sh"
make-case -k photo-ring --spacing 5.2 --width 1296 --height 972 -n 2 --masks --drag 0 -o p > /dev/null
say() {
	ibin-extract "$@" > out.sig
	[ $? -eq 0 ] || echo "$*: not done"
	ibin-extract -l out.sig -c id,spacing_from,region
}
mkdir pictures
say -p pictures p/F001-S1.jpg p/F001-S2.jpg
ls pictures
cmp -n 8 pictures/F001-S1.png p/F001-S1_BF.png && echo "a PNG"
say -s 5.2 -r p/F001-S1_BF.png p/F001-S1.jpg
cp out.sig mask.sig
circle=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i }
	$c["file"] ~ /S1/ { print $c["primer_x_px"] "," $c["primer_y_px"] "," $c["ring_outer_px"] }' p/truth.csv)
say -s 5.2 --circle "$circle" p/F001-S1.jpg
# found, masked and circled, it is the same mark
ibin-extract p/F001-S1.jpg --id found > found.sig
for f in mask out; do
	ibin-match -p $f.sig found.sig -c score,rotation_deg | awk -F, 'NR == 2 { print ($1 > 50 ? "the same" : $1) }'
done
# spacings
ibin-extract -s 7.5 p/F001-S1.jpg | ibin-extract -l -c spacing_um,spacing_from
ibin-extract --pocket 4900 p/F001-S1.jpg | ibin-extract -l -c spacing_um > a
ibin-extract --pocket 5390 p/F001-S1.jpg | ibin-extract -l -c spacing_um > b
paste a b | awk 'NR == 2 { r = $2 / $1; print (r > 1.099 && r < 1.101 ? "a tenth more" : r) }'
# what contradicts itself, or the image
wants 2 ibin-extract --circle "$circle" -r p/F001-S1_BF.png p/F001-S1.jpg
for c in 1,2 1,2,3,4 a,b,c 1,2,0 1,2,-3 '1, 2,3' 1,2,nan ',,'; do
	wants 2 ibin-extract --circle "$c" p/F001-S1.jpg
done
wants 2 ibin-extract -s 0 p/F001-S1.jpg
wants 2 ibin-extract -s 5um p/F001-S1.jpg
wants 4 ibin-extract -p no/such p/F001-S1.jpg
wants 3 ibin-extract -p p/F001-S1.jpg p/F001-S1.jpg
wants 2 ibin-extract -l --verify out.sig
{
	wants 3 ibin-extract -r nosuch.png p/F001-S1.jpg
	wants 3 ibin-extract -r p/truth.csv p/F001-S1.jpg
	# which words are the region's own business
	wants 3 ibin-extract --circle 5000,5000,300 p/F001-S1.jpg 2> message
	wants 3 ibin-extract --circle 600,400,2 p/F001-S1.jpg 2>> message
	sed 's/^\(ibin-extract: [^:]*\): ..*/\1: a reason/' message >&2
	make-case -k photo-ring --spacing 9 --width 400 --height 300 --masks -n 1 -o small
	wants 3 ibin-extract -r small/F001-S1_BF.png p/F001-S1.jpg
} > out
