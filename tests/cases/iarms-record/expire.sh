# expire.sh - records that expire together stay what they were, each for itself
. "$CASES/lib.sh"
at() { SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s) && export SOURCE_DATE_EPOCH; }
at 2024-01-10
mkdir -m 700 .iarms
printf 'what,months\nexpired,6\nstolen,3\n' > .iarms/retention.csv
for n in 1 2 3 4 5 6; do
	iarms-record add owner=FRA category=stolen make=FN serial=A$n > told
	iarms-record add owner=DEU category=stolen agency='a name that is long' case=12345 event_place=Berlin type=pistol \
		action=semi-automatic make=Walther model=PPK calibre=9mm serial=B2222$n marks='one and two' remarks=words \
		exclude=ITA > told
done
others='exclude,only,remarks,components,marks,ground,made_in,made_year,import_country,import_year,event_date,agency,case'
iarms-record list -c "serial,$others" | sort > before
at 2025-01-01
iarms-record purge -c fate | sort | uniq -c | sed 's/^ *//'
iarms-record list -c "serial,$others" | sort | cmp - before
iarms-record list -c status | sort | uniq -c | sed 's/^ *//'
iarms-record verify -c line,what
