# life.sh - a record from its draft to its tombstone
. "$CASES/lib.sh"
exec 3>&2 2> said
trap 'ids < said >&3' EXIT
show() { iarms-record show "$@" -o tsv -c status,revision,serial,found_country,review,reason | sed 1d; }
later() { SOURCE_DATE_EPOCH=$((1767225600 + $1 * 86400)); export SOURCE_DATE_EPOCH; }
id=$(iarms-record add --draft owner=FRA category=stolen event_date=2025-03 type=revolver make='S&W' model=686 calibre=.357 \
	serial='ABC 1234' -o tsv -c id | sed 1d)
show "$id"
wants 3 iarms-record seize -c id "$id" --country DEU
later 1
iarms-record update "$id" --activate model=686-3 > out
echo "-- said again is no revision"
iarms-record update "$id" model=686-3 > out
show "$id"
iarms-record update "$id" model= > out
wants 2 iarms-record update "$id" -c id
wants 2 iarms-record update -c id "$id" owner=DEU
wants 3 iarms-record update -c id "$id" event_date=2030
echo "-- found, found again, found elsewhere"
later 2
wants 2 iarms-record seize -c id "$id"
wants 3 iarms-record seize -c id "$id" --country XPO
iarms-record seize "$id" --country DEU --place Kehl --remark 'in a boot' > out
later 3
iarms-record seize "$id" --country DEU > out
show "$id"
iarms-record seize "$id" --country POL > out
show "$id"
iarms-record notices -c state,kind,event,to,remark
echo "-- what was found before is not the firearm; what was found last is not either; said again"
iarms-record notices -o tsv -c id --to FRA | sed 1d | head -n 1 | iarms-record notices --reject -c state,to
show "$id"
iarms-record notices -o tsv -c id --to FRA | sed 1d | tail -n 1 | iarms-record notices --reject --remark 'other barrel' -c state,to,remark
iarms-record notices -o tsv -c id --to FRA --state rejected | iarms-record notices --reject -c state,to,remark
show "$id"
echo "-- it is"
iarms-record seize "$id" --country ESP > out
notice=$(iarms-record notices -o tsv -c id --to FRA --state queued | sed 1d | tail -n 1)
wants 5 iarms-record notices -c id --confirm "${notice%FRA}ESP"
iarms-record notices --confirm "$notice" -c state,to
wants 5 iarms-record notices -c id --reject "$notice"
iarms-record recover "$id" -r 'back in Paris' > out
show "$id"
wants 3 iarms-record seize -c id "$id" --country DEU
echo "-- closed, and closed again: the day of deletion stays"
iarms-record close "$id" > out
later 40
iarms-record close "$id" > out
show "$id"
iarms-record history "$id" -o table -c revision,at,event,status,changed,reason,found_country,found_place
echo "-- what is due"
iarms-record review -c id
later 400
iarms-record review -c status
iarms-record purge -n -c id,status
iarms-record review --done "$id" -c status,review
later 800
iarms-record purge -c id,status
wants 3 iarms-record review --done "$id" -c id
iarms-record list -c id,status
iarms-record list -a -c id,status,make,serial,owner
grep -c ABC .iarms/records.csv
wants 3 iarms-record update -c id "$id" model=x
echo "-- entered in error"
id=$(iarms-record add owner=FRA category=lost make=FN serial=1 -o tsv -c id | sed 1d)
wants 2 iarms-record cancel -c id "$id"
iarms-record cancel "$id" -r 'was in the cupboard' > out
show "$id"
wants 3 iarms-record recover -c id "$id"
iarms-record verify -c what
iarms-access audit --verify -c breaks
