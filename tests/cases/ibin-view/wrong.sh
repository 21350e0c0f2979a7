# wrong.sh - what cannot be drawn is named, and the rest is drawn
. "$CASES/lib.sh"
make-case -m -f 2 -n 2 -o scans > /dev/null
ibin-extract scans/*.x3p > gallery.sig
ibin-match --all gallery.sig > rows.csv
view() { ibin-view -g gallery.sig -o out "$@" 2>&1; }
echo "== an id that is not there"
wants 3 view F001-S1 F009-S9
printf 'probe,candidate\nF001-S1,F001-S2\nF001-S1,nobody\n,F001-S2\nF001-S1,F001-S2\n' > some.csv
wants 3 view -c probe,candidate,picture < some.csv
echo "== rows of another program"
echo 'id,owner' | wants 3 view
: | wants 3 view
printf 'probe,candidate,score\nF001-S1,F001-S2,1.5\n' | wants 3 view -c picture | sed 's/give .*/give another/'
printf 'probe,candidate,mark\nF001-S1,F001-S2,nose\n' | wants 3 view -c picture
printf 'probe,candidate,mark\nF001-S1,F001-S2,firing-pin\n' | wants 3 view -c picture
printf 'probe,candidate\n"F001-S1,F001-S2\n' | wants 3 view -c picture
echo "== none"
head -n 1 rows.csv | wants 1 view -c picture
echo "== the gallery cut"
head -c 20000 gallery.sig > cut.sig
ibin-view -g cut.sig -o out -c picture F001-S1 F001-S2 2>&1 | sed 's/at byte [0-9]*/at byte N/'
wants 3 ibin-view -g gone.sig -o out F001-S1 F001-S2
echo "== options"
wants 2 ibin-view -o out a b
wants 2 ibin-view -g gallery.sig a b
wants 2 view a
wants 2 view -g - a b
wants 2 view -s 100x100 a b
wants 2 view -s 600 a b
wants 2 view -s 600.5x600 a b
wants 2 view -l 315,2 a b
wants 2 view -l 315 a b
echo "== folders"
: > file
wants 4 ibin-view -g gallery.sig -o none/none F001-S1 F001-S2
wants 3 ibin-view -g gallery.sig -o file -c picture F001-S1 F001-S2
