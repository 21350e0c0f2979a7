# real.sh - real firearms from court files: every row is in, or set aside with its reason
. "$CASES/lib.sh"
need_data records
# shellcheck disable=SC2154  # lib.sh sets data
file=$data/records/crime-guns.csv
iarms-record import -s owner=USA -s category=trafficked -r rejects.csv "$file" > understood 2> err
tail -n 1 err | sed 's/.*: //'
rows=$(($(wc -l < "$file") - 1))
in=$(($(iarms-record list -c id | wc -l) - 1))
aside=$(($(wc -l < rejects.csv) - 1))
[ $((in + aside)) -eq $rows ] || echo "$rows rows, $in in, $aside set aside"
echo "-- reasons"
sed 1d rejects.csv | sed 's/^[0-9]*,//; s/[0-9-]\{10\}/DATE/; s/,[A-Z].*//' | sort | uniq -c | sed 's/^ *//'
echo "-- makes and calibres that are in no table, or stay a family"
awk -F, '$4 == "none" || $4 == "family"' understood | cut -d , -f 1-4
echo "-- again, and what was set aside"
iarms-record import -q -s owner=USA -s category=trafficked "$file" 2>&1 | tail -n 1 | sed 's/.*: //'
iarms-record import -q -s owner=USA -s category=trafficked rejects.csv 2>&1 | tail -n 1 | sed 's/.*: //'
