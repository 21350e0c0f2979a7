# iarms-record.sh - records entered, changed, imported, deleted and looked for, with any call failing
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
mkdir -m 700 before
printf 'what,months\nexpired,0\n' > before/retention.csv
printf 'owner,category,type,make,serial\n' > rows.csv
awk 'BEGIN { for (i = 0; i < 60; i++) printf "FRA,stolen,pistol,Beretta,AB%05dZ\n", i }' >> rows.csv
iarms-record import -q -d before rows.csv 2> told || cat told
id=$(iarms-record add -d before owner=FRA category=stolen type=pistol make=Beretta serial=OLD1 -o tsv -c id | tail -n 1)
# this one is due for deletion
due=$(SOURCE_DATE_EPOCH=1577836800 iarms-record add -d before owner=FRA category=lost type=pistol make=Beretta \
	serial=DUE1 -o tsv -c id | tail -n 1)
lines=$(wc -l < before/records.csv)
# shellcheck disable=SC2317  # they are called by the runner
reset() {
	rm -rf data rejects.csv
	cp -a before data
}
# The log is whole, and no line of it is gone; what was said to be done is done; notices are there when the
# record says that it was located.
# shellcheck disable=SC2317
intact() {
	iarms-record verify -d data > verified 2>&1 || cat verified
	[ -n "$rewritten" ] || head -n "$lines" data/records.csv | cmp -s - before/records.csv || echo "lines are gone"
	[ "$1" -eq 4 ] || [ -z "$done" ] || iarms-record list -d data -c id -o tsv $done 2>&1 | grep -q "[0-9]-" ||
		echo "said to be done, and is not"
	[ "$1" -ne 0 ] || [ -z "$gone" ] || ! grep -q "$gone" data/records.csv || echo "said to be deleted, and is not"
	located=$(iarms-record list -d data -c id -o tsv status=located | grep -c 26-)
	told=$(iarms-record notices -d data -o tsv -c state | grep -c queued)
	[ "$told" -eq $((3 * located)) ] || echo "$located located, $told notices"
	iarms-access audit --verify -d data > verified 2>&1 || cat verified
	[ "$(wc -l < data/audit.csv)" -gt 1 ] || [ ! -s .fault/out ] || echo "an answer without a line"
	[ ! -e data/records.csv.new ] || echo "a draft is left"
}
rewritten='' gone='' done='serial=NEW1'
faults -- iarms-record add -d data owner=FRA category=stolen type=pistol make=Beretta serial=NEW1
done='status=located'
faults -- iarms-record seize -d data --country DEU --place Kehl "$id"
done='model=92'
faults malloc write read sync truncate lock -- iarms-record update -d data "$id" model=92
# one of them is set aside
sed 's/AB/AC/; 7s/stolen/borrowed/' rows.csv > more.csv
done='' usual=3
faults malloc write read close rename -- iarms-record import -d data -j 1 -r rejects.csv -n more.csv
done='serial=AC00059Z'
faults -- iarms-record import -d data -j 2 -r rejects.csv more.csv
usual=''
done='status=deleted' rewritten=1 gone=DUE1
faults -- iarms-record purge -d data
done='' rewritten='' gone=''
faults -- iarms-record search -d data 'serial=AB000?7Z' make=Beretta
faults malloc write read close map -- iarms-record list -d data -o table
faults malloc write read close -- iarms-record history -d data "$id"
faults malloc write read close -- iarms-record export -d data -H
faults malloc write read close -- iarms-record verify -d data
faults malloc read open -- iarms-record show -d data "$due"
