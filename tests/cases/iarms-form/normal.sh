# normal.sh - a request on paper
iarms-trace submit --as FRA --to DEU type=revolver make='S&W' calibre=.357 serial='ABC 1234' use=investigation \
	legal_basis='Code de la sécurité intérieure' circumstances='found in a car' -c id > "$TMPDIR/sent" || exit
iarms-trace export > "$TMPDIR/rows.csv" || exit
# how a page looks depends on the letters of the machine: in a file it is only looked at
if [ -f /dev/stdout ]; then
	iarms-form < "$TMPDIR/rows.csv" > "$TMPDIR/form.pdf" || exit
	head -c 5 "$TMPDIR/form.pdf" && echo && tail -n 1 "$TMPDIR/form.pdf"
else
	iarms-form < "$TMPDIR/rows.csv"
fi
