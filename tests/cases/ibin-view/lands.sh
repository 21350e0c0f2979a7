# lands.sh - lands and bullets: rows of signatures and of exhibits
. "$CASES/lib.sh"
make-bullet -s 4 -f 2 -n 2 -l 4 --noise 0.6 --height 200 -o scans > /dev/null
cut -d, -f1,2,5,7,8 scans/truth.csv > labels.csv
ibin-extract --mark land -m labels.csv scans/*.x3p > bullets.sig
echo "== rows of lands: what is drawn is what they say"
ibin-match --all -n 1 bullets.sig > rows.csv
ibin-view -j 2 -e -g bullets.sig -o lands < rows.csv > drawn.csv
cut -d, -f1-6,9 rows.csv > a.csv
cut -d, -f1-6,9 drawn.csv | cmp - a.csv
find lands -name "*.png" | wc -l
echo "== rows of exhibits: bullets"
ibin-match --all --by exhibit -n 1 bullets.sig > exhibits.csv
ibin-view -e -g bullets.sig -o bullets -c probe,candidate,mark,lands,phase,picture < exhibits.csv > drawn.csv
sed 3q drawn.csv
(cd bullets && echo *.html)
echo "== two names"
ibin-view -g bullets.sig -o two -c mark,lands,picture B001-S1 B001-S2
echo "== what cannot be drawn"
printf 'probe,candidate,marks\nB001-S1,nobody,land\n' | wants 3 ibin-view -g bullets.sig -o none 2>&1
printf 'probe,candidate,mark\nB001-S1-L1,B001-S2-L1,firing-pin\n' | wants 3 ibin-view -g bullets.sig -o none 2>&1
