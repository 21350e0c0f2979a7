# lands-real.sh - the real lands of one barrel are found by the search in a gallery, each and as a bullet
. "$CASES/lib.sh"
need_data lands
for bullet in 1 2; do
	echo file,exhibit,land,lands > meta.csv
	for land in 1 2 3 4 5 6; do
		echo "Barrel_1-Bullet_$bullet-Land_$land.x3p,bullet $bullet,$land,6" >> meta.csv
	done
	# shellcheck disable=SC2154  # lib.sh sets data
	ibin-extract --mark land -m meta.csv "$data"/lands/Barrel_1-Bullet_"$bullet"-Land_*.x3p > bullet-$bullet.sig
done
make-bullet --seed 5 --shots 1 -o s > /dev/null
ibin-extract --mark land s/*.x3p | make-land-gallery -n 600 --seed 3 > g.sig
cat bullet-2.sig >> g.sig
ibin-match --index g.sig
ibin-match --verify 1 -n 1 -c probe,candidate -p bullet-1.sig g.sig
ibin-match --verify 1 -n 1 --by exhibit -c probe,candidate,phase,lands -p bullet-1.sig g.sig
