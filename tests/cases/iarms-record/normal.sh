# normal.sh - two records, and the list of them
iarms-record add owner=FRA category=stolen event_date=2025-03-01 type=P make=Glock model=17 calibre='9 mm Luger' \
	serial=ABC123 > /dev/null || exit
iarms-record add owner=FRA category=lost event_date=2025-04 type=S make=Beretta calibre=12 serial=B-77 > /dev/null || exit
iarms-record list -c owner,category,event_date,type,make,model,calibre,serial,status
