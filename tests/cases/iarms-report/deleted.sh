# deleted.sh - what is exported and counted from a file is what is counted from the log: tombstones are not
. "$CASES/lib.sh"
at() { SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s) && export SOURCE_DATE_EPOCH; }
at 2010-01-01
iarms-record add owner=FRA category=stolen make=FN serial=1 > told
iarms-trace submit --as FRA --to DEU --use u --legal-basis l --circumstances c serial=1 > told
at 2024-01-01
iarms-record add owner=FRA category=lost make=FN serial=2 > told
iarms-trace submit --as FRA --to DEU --use u --legal-basis l --circumstances c serial=2 > told
iarms-record purge -c status
iarms-trace purge -c state
iarms-record export -c status,serial > records.csv; cat records.csv
iarms-record export > records.csv
{ iarms-trace export; iarms-trace export -s deleted | sed 1d; } > traces.csv
for t in category status country left_out; do
	iarms-report records -t $t > log
	iarms-report records -t $t records.csv | cmp - log
done
iarms-report query --by status -t query records.csv
for t in state country left_out; do
	iarms-report traces -t $t > log
	iarms-report traces -t $t traces.csv | cmp - log
done
iarms-report traces -t left_out traces.csv
