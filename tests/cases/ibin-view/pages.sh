# pages.sh - the index has every pair in order; an examiner's page a probe; both say nothing of the run's machine
. "$CASES/lib.sh"
make-case -m -f 2 -n 2 -o scans > /dev/null
ibin-extract scans/*.x3p > gallery.sig
ibin-match --all gallery.sig > rows.csv
ibin-view -e -j 1 -g gallery.sig -o one < rows.csv > /dev/null
ibin-view -e -j 3 -g gallery.sig -o two < rows.csv > /dev/null
diff -r one two
(cd one && ls)
sed 's/base64,[^"]*/base64,.../g' one/index.html | grep -oE '<title>.*|Made [^.]*\.[0-9.]*[^.]*\.|<h3 .*' | sed 's/<figure.*//'
grep -c '<table' one/*.html
sed 's/base64,[^"]*/base64,.../g' one/examiner-001-F001-S1.html | grep -o '<tr><th scope="row">.*' | sed 's/<td>.*//'
