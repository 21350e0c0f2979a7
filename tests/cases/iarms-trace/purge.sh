# purge.sh - what was kept long enough goes, and says when it went; what moved stays
. "$CASES/lib.sh"
at() { SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s) && export SOURCE_DATE_EPOCH; }
ask() { iarms-trace submit --as FRA --to DEU --use u --legal-basis l --circumstances c "serial=$1" -o tsv -c id | tail -n 1; }
at 2019-03-10
old=$(ask OLD1) answered=$(ask OLD2) kept=$(ask OLD3)
iarms-trace answer --outcome dealer "$answered" > moved
at 2021-07-01
iarms-trace comment -m 'the trial is still to come' "$kept" > moved
new=$(ask NEW1)
names() { sed "s/$old/OLD/; s/$answered/ANSWERED/; s/$kept/KEPT/; s/$new/NEW/"; }
at 2024-03-10
echo "== the last day"
iarms-trace purge
at 2024-03-11
echo "== what would go, today and within three years"
iarms-trace purge -n -c id,from,to,state,at,until | names
iarms-trace purge -n --within 1095 -c id,until | names
iarms-trace purge --within 3; echo "status $?"
echo "== by rules"
printf 'what,months\nrequest-ended,12\nrequest-open,1200\nlost,24\n' > .iarms/retention.csv
iarms-trace purge -c id,state,until | names
echo "== gone"
iarms-trace list -c id,state,serial_key | names
iarms-trace show "$answered" 2>&1 | names; iarms-trace show "$answered" > shown 2>&1; echo "status $?"
iarms-trace show --as ITA "$answered" 2>&1 | names
grep "$answered" .iarms/traces.csv | sed 's/,[0-9a-f]*$//' | names
iarms-trace list -s deleted -c id,from,to,state,text,at,by | names
iarms-trace comment -m more "$answered" 2>&1 | sed 1,/any/!d | names
iarms-trace verify; echo "status $?"
iarms-access audit --verify > verified || cat verified
iarms-trace purge -c id; echo "status $?"
echo "== rules that make no sense"
printf 'what,months\nrequest,12\n' > .iarms/retention.csv
iarms-trace purge; echo "status $?"
echo "== looks do not grow for ever"
rm .iarms/retention.csv
iarms-trace monitor --as DEU -c state > first || echo "nothing new"
look=$(tail -n 1 .iarms/looks.csv)
yes "$look" | head -n 997 >> .iarms/looks.csv
ask NEW2 > told; iarms-trace monitor --as DEU -c state,event; wc -l < .iarms/looks.csv
ask NEW3 > told; iarms-trace monitor --as ITA -c state,event || echo "nothing for Italy"
ask NEW4 > told; iarms-trace monitor --as DEU -c state,event; wc -l < .iarms/looks.csv
