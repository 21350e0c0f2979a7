# terminal.sh - pictures in a terminal; a table where it shows none
. "$CASES/lib.sh"
make-case -m -f 1 -n 2 -o scans > /dev/null
ibin-extract scans/*.x3p > gallery.sig
view() { ibin-view -t -s 480x240 -g gallery.sig "$@" F001-S1 F001-S2; }
echo "== no terminal: a table, whatever the variables say"
TERM=xterm-kitty KITTY_WINDOW_ID=1 view -c probe,candidate,mark,picture
view --as table --output csv -c probe,candidate,picture
echo "== sixel, kitty: begin, end, and words under the picture"
view --as sixel > sixel
head -c 20 sixel | od -An -c | head -n 1
tail -n 1 sixel | sed 's/[0-9][0-9.]*/N/g'
view --as kitty > kitty
head -c 15 kitty | od -An -c
tail -n 1 kitty | sed 's/[0-9][0-9.]*/N/g'
echo "== the same picture as in a file"
view --as kitty -o out > both
cmp kitty both
tr -d '\n' < kitty | sed 's/\x1b_G[^;]*;//g; s/\x1b\\//g; s/F001-S1 and.*//' | base64 -d | cmp - out/001-F001-S1-F001-S2.png
(cd out && echo *)
echo "== options"
wants 2 ibin-view -g gallery.sig --as sixel -o out a b 2>&1
wants 2 view -e 2>&1
wants 2 view --as sixel -c probe 2>&1
echo "== a full disk"
{ wants 4 view --as sixel > /dev/full; } 2>&1
{ wants 4 view --as table > /dev/full; } 2>&1
