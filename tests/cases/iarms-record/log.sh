# log.sh - a log edited by hand, torn, of two machines; an index that is none, damaged, of another log, or held
. "$CASES/lib.sh"
exec 3>&2 2> said
trap 'ids < said >&3' EXIT
add() { iarms-record add -d "$1" owner="$2" category=stolen type=pistol make=FN serial="$3" -o tsv -c id | sed 1d; }
seen() { iarms-record list -d "$1" -c owner,serial,remarks,status | sed 1d; }
for n in 1 2 3 4 5; do add a FRA A$n; done > ids
second=$(sed -n 2p ids)
echo "-- edited by hand: the line is left out, and found again"
sed -i '3s/,A2,/,A9,/' a/records.csv
seen a
wants 1 iarms-record verify -d a -c line,what,why
wants 1 iarms-record show -d a "$second" -c id
wants 1 iarms-record search -d a serial=A9 -c id
echo "-- taken out"
iarms-record verify -d a --repair -c line,what
cut -d , -f 13 a/records.csv.damaged
iarms-record verify -d a -c line
wants 1 iarms-record show -d a "$second" -c id
echo "-- inserted, and taken away in the middle: with or without the index"
sed -i '2d' a/records.csv
sed -i '2a\\' a/records.csv
seen a
wants 1 iarms-record verify -d a -c line,what,why
iarms-record verify -d a --repair -c line,what
echo "-- torn: what was not whole is set aside"
before=$(wc -c < a/records.csv)
tail -n 1 a/records.csv | head -c 60 >> a/records.csv
iarms-record list -d a -c serial
cut -c 1-3 a/records.csv.torn
[ "$(wc -c < a/records.csv)" -eq "$before" ] || echo "not cut back"
echo "-- two logs"
cp -r a b
id=$(sed -n 4p ids)
iarms-record update -d a "$id" remarks=here > out
SOURCE_DATE_EPOCH=1767225700 iarms-record update -d b "$id" remarks=there > out
add b DEU B1 > ids.b
mkdir c
cat a/records.csv b/records.csv > c/records.csv
seen c
wants 1 iarms-record verify -d c -c line,what,why
SOURCE_DATE_EPOCH=1767225800 iarms-record update -d c "$id" remarks=settled > out
iarms-record show -d c "$id" -c remarks,revision
echo "-- a log of something else"
mkdir d
printf 'id,make\n1,FN\n' > d/records.csv
wants 3 iarms-record list -d d -c id
wants 3 iarms-record add -d d owner=FRA category=stolen make=FN -c id
cat d/records.csv
echo "-- what is exported and brought in is the same, twice"
iarms-record export -d c -H > c.csv
iarms-record import -d e -q c.csv
iarms-record export -d e -H > e.csv
cmp c.csv e.csv
iarms-record import -d e -q c.csv
seen c > kept
seen e | sort > same
sort kept | cmp - same
iarms-record history -d c "$id" -c revision,status,changed
echo "-- the index of another log, cut, of other bytes, none"
seen c > wanted
cp b/records.index c/records.index
seen c | cmp - wanted
truncate -s 5000 c/records.index
seen c | cmp - wanted
printf 'id,make\n' > c/records.index
seen c | cmp - wanted
rm c/records.index
mkdir c/records.index
seen c | cmp - wanted
rmdir c/records.index
rm -rf c/records.index*
ln -s "$PWD/a/records.csv" c/records.index
cp a/records.csv wanted.csv
seen c | cmp - wanted
cmp a/records.csv wanted.csv
rm -f c/records.index*
seen c | cmp - wanted
command -v python3 > /dev/null || exit 0
cat > hold.py <<'END'
import fcntl, time
f = open('c/records.index.boot', 'r+')
fcntl.lockf(f, fcntl.LOCK_EX)
open('held', 'w')
while True:
    time.sleep(1)
END
python3 hold.py &
until [ -e held ]; do kill -0 $! || exit; sleep 0.1; done
# held by a process that does not go on
seen c 2> err | cmp - wanted
grep -q 'looking without it' err || cat err
kill $!
wait
seen c | cmp - wanted
