# same.sh - the same pictures for any number of threads, from rows and from ids; limits are kept
. "$CASES/lib.sh"
make-case -m -f 2 -n 2 -o scans > /dev/null
ibin-extract scans/*.x3p > gallery.sig
ibin-match --all gallery.sig > rows.csv
ibin-view -j 1 -g gallery.sig -o one < rows.csv > one.csv
ibin-view -j 3 -g gallery.sig -o three < rows.csv > three.csv
cmp one.csv three.csv
diff -r one three
cut -d, -f1-9 one.csv > drawn.csv
cut -d, -f1-9 rows.csv | cmp - drawn.csv
ls one | wc -l
echo "== two ids draw what their row draws"
ibin-view -g gallery.sig -o two F001-S1 F001-S2 > two.csv
cmp "two/001-F001-S1-F001-S2.png" one/*-F001-S1-F001-S2.png
echo "== a PNG of its size, a JPEG"
ibin-view -g gallery.sig -o two -s 640x320 -l 90,20 -c picture F001-S1 F001-S2
od -An -tx1 -j16 -N8 "two/001-F001-S1-F001-S2.png"
ibin-view -g gallery.sig -o two -f jpeg -c picture F001-S1 F001-S2
od -An -tx1 -N3 "two/001-F001-S1-F001-S2.jpg"
echo "== only some"
ibin-view -g gallery.sig -o two -n 2 -c probe,candidate < rows.csv
