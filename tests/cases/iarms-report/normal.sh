# normal.sh - records counted
iarms-record add owner=FRA category=stolen event_date=2025-03-01 type=revolver make='S&W' calibre=.357 \
	serial='ABC 1234' made_year=1999 > "$TMPDIR/added" || exit
iarms-report records
