# iarms-trace.sh - requests submitted, moved, forwarded, watched and printed, with any call failing
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
mkdir -m 700 before
printf 'from,to,make,serial,use,legal_basis,circumstances\n' > rows.csv
awk 'BEGIN { for (i = 0; i < 40; i++) printf "FRA,DEU,Beretta,AB%05dZ,u,l,c\n", i }' >> rows.csv
iarms-trace submit -d before < rows.csv > told || cat told
id=$(iarms-trace list -d before -o tsv -c id | sed -n 7p)
lines=$(wc -l < before/traces.csv)
# shellcheck disable=SC2317  # they are called by the runner
reset() {
	rm -rf data
	cp -a before data
}
# No line of the log is gone, what was said to be done is done, each move has its notice and each notice its move.
# shellcheck disable=SC2317
intact() {
	head -n "$lines" data/traces.csv | cmp -s - before/traces.csv || echo "lines are gone"
	iarms-trace list -d data -o tsv -c id > listed 2>&1 || cat listed
	[ "$1" -eq 4 ] || [ -z "$done" ] || iarms-trace list -d data -c id -o tsv $done 2>&1 | grep -q "[0-9]-" ||
		echo "said to be done, and is not"
	moves=$(iarms-trace export -H -d data -o tsv -c id | grep -c 26-)
	told=$(iarms-trace notices -d data -o tsv -c state | grep -c queued)
	[ "$told" -eq "$moves" ] || echo "$moves moves, $told notices"
	! iarms-trace notices -d data -o tsv -c state | grep -q prepared || echo "a notice was not settled"
	iarms-access audit --verify -d data > verified 2>&1 || cat verified
	[ "$(wc -l < data/audit.csv)" -gt 1 ] || [ ! -s .fault/out ] || echo "an answer without a line"
}
done='serial=NEW1'
faults -- iarms-trace submit -d data --as FRA -t DEU --use u --legal-basis l --circumstances c serial=NEW1
done='serial=AC00039Z'
sed 's/AB/AC/' rows.csv > more.csv
input=more.csv
faults malloc write read sync truncate lock map -- iarms-trace submit -d data
input=
done='state=answered'
faults -- iarms-trace answer -d data --outcome dealer -s '1999|a|b' -r none "$id"
iarms-trace list -d before -c id | sed '2,$s/$/,dealer/; 1s/$/,outcome/' | head -n 5 > answers.csv
input=answers.csv
faults malloc write read sync truncate lock -- iarms-trace answer -d data --rows
input=
done='state=forwarded'
faults malloc write read sync truncate lock random -- iarms-trace forward -d data -t USA "$id"
done=
faults malloc write read close map -- iarms-trace list -d data --as DEU --incoming -o table
faults malloc write read close -- iarms-trace list -d data 'serial=AB0000?Z'
faults malloc write read sync close -- iarms-trace monitor -d data
faults malloc write read close -- iarms-trace suggest -d data serial=AB00007Z
faults malloc write read close -- iarms-trace show -d data --tree "$id"
# what is due, and what an older copy brought back: all of it goes, or nothing does
SOURCE_DATE_EPOCH=1577836800 iarms-trace submit -d old --as FRA -t DEU --use u --legal-basis l --circumstances c serial=DUE1 \
	serial_state=partial > told
cp old/traces.csv copy.csv
iarms-trace purge -d old > told
cat copy.csv >> old/traces.csv
SOURCE_DATE_EPOCH=1577836800 iarms-trace submit -d old --as FRA -t DEU --use u --legal-basis l --circumstances c serial=DUE2 \
	serial_state=partial > told 2>&1
iarms-trace submit -d old --as FRA -t DEU --use u --legal-basis l --circumstances c serial=NEW1 > told 2>&1
# shellcheck disable=SC2317
reset() {
	rm -rf data
	cp -a old data
}
# shellcheck disable=SC2317
intact() {
	[ "$1" -eq 4 ] || ! grep -q DUE data/traces.csv || echo "said to be deleted, and is not"
	grep -q DUE data/traces.csv || [ "$(grep -c ',deleted,' data/traces.csv)" -eq 2 ] || echo "no tombstone"
	! grep -q DUE data/traces.csv || cmp -s old/traces.csv data/traces.csv || echo "half is deleted"
	iarms-trace list -d data -o tsv -c serial 2> listed | grep -q NEW1 || echo "lines are gone"
	[ ! -e data/traces.csv.new ] || echo "a draft is left"
	iarms-access audit --verify -d data > verified 2>&1 || cat verified
}
faults -- iarms-trace purge -d data
