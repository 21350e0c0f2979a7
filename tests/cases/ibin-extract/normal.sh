# normal.sh - signatures of two scans, and their list
make-case -m --seed 3 --spacing 12 --output scans > made || cat made
ibin-extract scans/*.x3p > out.sig || exit
ibin-extract --list -c id,mark,spacing_um,spacing_from out.sig
