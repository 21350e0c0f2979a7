# normal.sh - a record, and the list of records
iarms-record add owner=FRA category=stolen event_date=2025-03 type=revolver make='S&W' model=686 calibre=.357 \
	serial='ABC 1234' > "$TMPDIR/added" || exit
iarms-record list -c owner,category,event_date,type,make,make_name,calibre,calibre_name,serial,serial_key,status
