# verify.sh - damage is found and set aside, a move that there is not is named, two logs are one
. "$CASES/lib.sh"
sub='-t DEU --use u --legal-basis l --circumstances c -o tsv -c id'
# shellcheck disable=SC2086  # they are words
for d in a b; do
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 100))   # names follow from it
	id=$(iarms-trace submit -d $d --as FRA $sub serial=${d}1 | tail -n 1)
	iarms-trace answer -d $d --outcome dealer "$id" > out
	iarms-trace close -d $d "$id" > out
done
try iarms-trace verify -d a
echo "two logs put together, one of them twice"
mkdir -m 700 c d
cat a/traces.csv b/traces.csv a/traces.csv > c/traces.csv
iarms-trace verify -d c -c line,what 2>&1
iarms-trace list -d c -c state,serial
echo "a line edited by hand, and an end that is not whole"
{ sed '3s/dealer/importer/' a/traces.csv; printf 'FRA26-'; } > d/traces.csv
iarms-trace verify -d d -c line,what,why; echo "status $?"
iarms-trace verify -d d --repair -c line,id; echo "status $?"
wc -l < d/traces.csv.damaged
iarms-trace list -d d -c state,outcome
echo "the index is only a cache"
rm c/traces.index*
iarms-trace list -d c -c state,serial
echo "a log of other columns"
mkdir -m 700 e
sed 1s/outcome/result/ a/traces.csv > e/traces.csv
iarms-trace list -d e; echo "status $?"
