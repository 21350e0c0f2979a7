# normal.sh - a probe's candidates: the other case of its firearm, and only that
make-case -m --seed 3 --firearms 2 --spacing 12 --output scans > made || cat made
ibin-extract scans/F001-S1.x3p > probe.sig || exit
ibin-extract scans/F001-S2.x3p scans/F002-S1.x3p > rest.sig || exit
cat probe.sig rest.sig > gallery.sig
ibin-match --min-lr 10 -c probe,candidate,mark,rank gallery.sig < probe.sig
