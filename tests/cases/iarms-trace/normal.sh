# normal.sh - a request, and the list of requests
iarms-trace submit from=FRA to=DEU type=revolver make='S&W' calibre=.357 serial='ABC 1234' use=investigation \
	legal_basis='Code de la sécurité intérieure' circumstances='found in a car' > "$TMPDIR/sent" || exit
iarms-trace list -c from,to,state,due,make,make_name,calibre_name,serial,serial_key,use
