# links.sh - crimes by one firearm, firearms recorded here and found there; the order of the hits does not matter
. "$CASES/lib.sh"
for i in 1 2 3 4; do
	iarms-record add owner=FRA category=stolen type=pistol make=glock calibre=9mm serial=A$i event_date=2025-0$i-01 |
		tail -n 1 | cut -d, -f1
done > ids
seize() { iarms-record seize "$(sed -n "$1p" ids)" --country "$2" --date "2025-11-0$1" > seized; }
seize 1 DEU; seize 2 DEU; seize 3 ITA
record=$(sed -n 3p ids)
cat > exhibits.csv <<END
exhibit,case,country,date,record
E1,C1,FRA,2025-01-01,
E2,C1,FRA,2025-01-01,
E3,C2,DEU,2025-03-01,
E4,C3,ITA,2025-05-01,$record
E5,C4,ITA,2025-05-02,$record
E6,C5,ESP,2025-07-02,
E7,C6,ESP,2025-08-02,
E8,"C7 ""x""",BEL,2025-09-02,
E9,C8,BEL,2025-09-03,
END
cat > hits.csv <<'END'
probe,candidate,mark,rank,score
E1,E3,breech-face,1,80
E3,E4,breech-face,1,70
E6,E8,breech-face,1,70
E7,EX,breech-face,1,70
END
for t in firearms graph borders found_abroad routes diversion left_out; do
	iarms-report links -x exhibits.csv -t $t hits.csv
done | ids
iarms-report links -x exhibits.csv -o dot hits.csv
{ head -n 1 hits.csv; tail -n +2 hits.csv | sort -r; } > turned.csv
iarms-report links -x exhibits.csv -t firearms hits.csv > one
iarms-report links -x exhibits.csv -t firearms - < turned.csv | cmp - one
echo "without hits:"
iarms-report links -x exhibits.csv -t firearms | ids
iarms-report links -t routes
wants 2 iarms-report links hits.csv
wants 2 iarms-report records -o dot
wants 3 iarms-report links -x hits.csv hits.csv
wants 3 iarms-report links -x exhibits.csv exhibits.csv
wants 3 iarms-report links -x no-such-file hits.csv
iarms-access audit 2> /dev/null | grep -c ',links' | sed 's/^0$/no line in the trail/; s/^[1-9].*/lines in the trail/'
