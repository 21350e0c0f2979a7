# race.sh - sixteen at once: each request is answered or withdrawn by one, and the others are told; kills lose nothing
. "$CASES/lib.sh"
unset SOURCE_DATE_EPOCH
{ echo to,serial; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "DEU,NUMBER$i"; done; } > rows.csv
iarms-trace submit --as FRA --use u --legal-basis l --circumstances c < rows.csv -c id -o tsv | tail -n +2 > ids
for i in 1 2 3 4 5 6 7 8; do
	iarms-trace answer --as DEU --outcome dealer -c id,event < ids > "a$i" 2> "ae$i" &
	iarms-trace withdraw --as FRA -c id,event < ids > "w$i" 2> "we$i" &
done
wait
echo "requests: $(wc -l < ids), ends: $(cat a? w? | grep -cE ',(answer|withdraw)$')"
echo "told: $(cat ae? we? | grep -c 'no move')"
iarms-trace list -o tsv -c revision | sort | uniq -c | sed 's/^ *//'
iarms-trace notices -o tsv -c kind,state | grep -cE '(answer|withdraw).queued'

echo "== sixteen submit"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
	iarms-trace submit --as FRA --use u --legal-basis l --circumstances c < rows.csv > "s$i" 2> "se$i" &
done
wait
cat se?; iarms-trace list | wc -l
iarms-trace list -o tsv -c id | sort | uniq -d

echo "== killed at any moment"
i=0
while [ $i -lt 40 ]; do
	iarms-trace submit --as ITA -t DEU --use u --legal-basis l --circumstances c "serial=KILL$i" -o tsv -c id > "k$i" 2> err &
	p=$!
	sleep "0.0$((i % 10))$((i * 7 % 10))"
	kill -KILL $p 2> err
	wait $p 2> err
	i=$((i + 1))
done
for f in k*; do
	id=$(sed -n 2p "$f")
	[ -z "$id" ] || iarms-trace show "$id" > shown 2>&1 || { echo "lost: $id"; cat shown; }
done
iarms-trace list 'serial=KILL*' -o tsv -c id | tail -n +2 | sort > there
iarms-trace notices -o tsv -c subject,state | grep ITA > told
grep -c prepared told
grep queued told | cut -f1 | sort | cmp - there || echo "requests and notices differ"
iarms-access audit --verify > verified 2>&1 || cat verified

iarms-trace verify > verified 2>&1 || cat verified

echo "== a full disk"
size=$(stat -c %s .iarms/traces.csv)
iarms-trace list -o tsv -c id | sort > before
for blocks in 0 1 $((size / 512)) $((size / 512 + 1)); do
	(ulimit -f "$blocks"; trap '' XFSZ; iarms-trace submit --as FRA -t DEU --use u --legal-basis l --circumstances c serial=FULL \
		> full.out 2> full.err) 2> err
	[ $? -ne 0 ] || sed -n 2p full.out | cut -d, -f1 >> before
done
iarms-trace list -o tsv -c id 2>&1 | sort > after
sort before | cmp - after || echo "what was acknowledged and what is there differ"
iarms-trace verify > verified 2>&1 || cat verified
