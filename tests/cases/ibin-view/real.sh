# real.sh - real scans and photographs are found again behind their signatures, and drawn
. "$CASES/lib.sh"
need_data breech-3d-raw
need_data breech-2d
need_data lands
# shellcheck disable=SC2154  # lib.sh sets data
ibin-extract "$data"/breech-3d-raw/K013s*.x3p "$data"/breech-2d/fadul*.jpg "$data/breech-3d/Fadul 1-1.x3p" > cases.sig
ibin-extract --mark land "$data"/lands/*-Land_[15].x3p > lands.sig
printf 'probe,candidate\nK013sA1,K013sA2\nfadul-1-1,fadul-1-2\nfadul-1-1,Fadul 1-1\n' |
	ibin-view -g cases.sig -S "$data" -o out -c probe,candidate,drawn_from
ibin-view -g lands.sig -S "$data/lands" -o out -c probe,candidate,drawn_from \
	Barrel_1-Bullet_1-Land_1 Barrel_1-Bullet_2-Land_5
