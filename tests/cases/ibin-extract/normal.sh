# normal.sh - signatures of two scans, and their list
make-case --seed 3 --output scans > made || cat made
ibin-extract scans/*.x3p > out.sig || exit
ibin-extract --list -c id,mark,spacing_um,spacing_from out.sig
