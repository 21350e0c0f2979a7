# normal.sh - two marks of one firearm, drawn
make-case -m -f 1 -n 2 --spacing 12 -o scans > /dev/null || exit
ibin-extract scans/*.x3p > gallery.sig || exit
ibin-view -g gallery.sig -o pictures -c probe,candidate,mark,picture F001-S1 F001-S2
