# merged.sh - what was deleted does not come back, neither with an older copy of the log nor with an old export
. "$CASES/lib.sh"
at() { SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s) && export SOURCE_DATE_EPOCH; }
add() { iarms-record add -d a owner=FRA category=stolen type=pistol make=FN serial="$1" -o tsv -c id | tail -n 1; }
put_together() { rm -rf c && mkdir -m 700 c && cat "$1/records.csv" "$2/records.csv" > c/records.csv; }
exec 3>&2 2> said
trap 'ids < said >&3' EXIT
at 2019-03-10
old=$(add SECRET1)
iarms-record update -d a "$old" model=92 > told
at 2024-01-01
kept=$(add KEPT1)
printf '%s\n' "$old" "$kept" | ids > told
cp -r a copy
iarms-record export -d a -H > old.csv
at 2025-01-01
iarms-record purge -d a -c status,fate
iarms-record export -d a > stones.csv
for pair in 'a copy' 'copy a'; do
	echo "== $pair"
	# shellcheck disable=SC2086  # they are two
	put_together $pair
	iarms-record list -d c -c status,serial
	iarms-record export -d c -H -c status,serial,by | owner
	iarms-record history -d c "$old" -c status,changed
	wants 1 iarms-record search -d c serial=SECRET1 -c serial
	iarms-report quality -d c | grep -c SECRET
	iarms-record verify -d c -c line,what,why || echo "status $?"
	iarms-record purge -d c -n -c status,fate
	iarms-record purge -d c -c status,fate
	iarms-record verify -d c -c line || echo "status $?"
	grep -c SECRET c/records.csv
done
echo "== an old export brought in; nothing is told twice"
iarms-record import -d a -q old.csv
iarms-record list -d a -c status,serial
grep -c SECRET a/records.csv
echo "== changed elsewhere, after"
at 2025-01-02
iarms-record update -d copy "$old" model=93 > told
iarms-record update -d copy "$old" model=94 > told
iarms-record export -d copy > changed.csv
wants 3 iarms-record import -d a -q changed.csv
grep -c SECRET a/records.csv
put_together a copy
iarms-record list -d c -c status,serial
iarms-record verify -d c -c line,what,why || echo "status $?"
echo "== an export that says what was deleted, brought into a copy that was changed"
iarms-record import -d copy -q stones.csv
iarms-record list -d copy -c status,serial
iarms-record list -d copy -a -c status,revision
iarms-record purge -d copy -c status,fate
grep -c SECRET copy/records.csv
iarms-record verify -d copy -c line
echo "== what verify would call wrong does not come in"
sed '2s/,add,/,nothing,/' old.csv > wrong.csv
wants 3 iarms-record import -d d -q wrong.csv
iarms-record verify -d d -c line
