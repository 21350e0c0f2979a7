# merged.sh - logs that were put together count what they say once, in each report and in each history
. "$CASES/lib.sh"
at() { SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s) && export SOURCE_DATE_EPOCH; }
report() {
	for r in records traces flows annual sdg quality 'query --by owner' 'query --log traces --by to'; do
		# shellcheck disable=SC2086  # they are words
		iarms-report $r -d "$1" 2> /dev/null | grep -v '^about,'
	done
}
tell() {
	iarms-trace export -d "$1" -H 2> /dev/null
	iarms-trace monitor -d "$1" --peek 2> /dev/null
	iarms-trace show -d "$1" -T "$trace" -c tree,days_to,days_from 2> /dev/null
	iarms-record export -d "$1" -H 2> /dev/null
}
at 2024-01-10
add() { iarms-record add -d a owner=FRA category=stolen type=pistol make=FN serial="$1" event_date=2023-12-01 -o tsv -c id | tail -n 1; }
one=$(add A1) two=$(add A2)
at 2024-02-01
iarms-record seize -d a --country DEU --date 2024-01-20 "$one" > told
trace=$(iarms-trace submit -d a --as FRA --to DEU --use u --legal-basis l --circumstances c serial=A1 -o tsv -c id | tail -n 1)
iarms-trace acknowledge -d a --as DEU "$trace" > told
at 2024-03-01
iarms-trace answer -d a --as DEU --outcome dealer "$trace" > told
cp -r a b
mkdir -m 700 c
for log in records traces; do cat a/$log.csv a/$log.csv > c/$log.csv; done
report a > said.a
report c > said.c
cmp said.a said.c
tell a > said.a
tell c > said.c
cmp said.a said.c
echo "== two machines found the same firearm: one of them holds"
iarms-record seize -d a --country DEU --date 2024-02-20 "$two" -c id > told
at 2024-04-01
iarms-record seize -d b --country ITA --date 2024-02-21 "$two" -c id > told
cat a/records.csv b/records.csv > c/records.csv
iarms-report records -d c -t month 2> /dev/null
iarms-record history -d c "$two" -c revision,event,found_country 2> /dev/null
iarms-record export -d c -H -c revision,event,found_country "id=$two" 2> /dev/null
