# mail.sh - notices through msmtp to a mail server on the loopback: sent, refused, down, killed
. "$CASES/lib.sh"
command -v iarms-record > /dev/null || skip "no iarms-record"
command -v msmtp > /dev/null && python3 -c 'import aiosmtpd' 2> /dev/null || skip "no msmtp, or no python3-aiosmtpd"
sink() {
	rm -rf sink/stop sink/port
	mkdir -p sink
	python3 "$TOP/tests/cases/smtp_sink.py" sink "$@" 2> sink.err &
	sinks=$!
	until [ -e sink/port ]; do kill -0 $sinks 2> gone || skip "no mail server on the loopback: $(tail -n 1 sink.err)"; sleep 0.1; done
	cat > rc <<-END
		account default
		host 127.0.0.1
		port $(cat sink/port)
		from iarms@ncb.example
		timeout 30
	END
}
stop_sink() { touch sink/stop; wait $sinks; }
# What stands for each notice, as the log says it
states() {
	tail -n +2 .iarms/notices.csv | awk -F, '{ n = split($1, part, "."); s[$1] = part[n] "=" $2 }
		END { for (i in s) print s[i] }' | sort | uniq -c | sed 's/^ *//'
}
# Message-IDs that came, and how often, without the record's random name
came() { [ ! -e sink/read ] || cut -f 1 sink/read | sed 's/.*\.\([A-Z]*\)@/\1@/' | sort | uniq -c | sed 's/^ *//'; }
IARMS_SENDMAIL="msmtp -C $PWD/rc -t"
export IARMS_SENDMAIL
grant() {
	iarms-access grant "$1" --country "$2" --agency BCN --kind ncb --role approver --agreement U --to 2026-12-31
}
grant marie FRA
grant karl DEU
cat > .iarms/addresses.csv <<'END'
country,address
sender,iarms@ncb.example
FRA,ncb.paris@example.org
DEU,ncb.wiesbaden@example.org
XPO,ipsg@example.org
END
record() {
	IARMS_USER=marie iarms-record add owner=FRA category=stolen type=pistol make=Beretta serial="$1" -o tsv -c id |
		tail -n 1
}
id=$(record A12345Z)
IARMS_USER=karl iarms-record seize "$id" --place Köln --remark 'in a boot in Köln, müde Bären, a remark that is so long that a line of it must be broken' > seized || cat seized

echo "-- the server is down"
sink
stop_sink
iarms-record notices --send > out 2> err; echo "status $?"
states
echo "-- it refuses one"
sink ncb.wiesbaden@example.org
iarms-record notices --send > out 2> err; echo "status $?"
states
stop_sink
echo "-- it takes all"
sink
iarms-record notices --send > out 2>&1; echo "status $?"
states
iarms-record notices --send > out 2>&1; echo "status $?"
came
sed "s/$id/ID/g" sink/read | cut -f 2- | sort | sed -n 1p
echo "-- killed behind the hand-over: it comes twice, the same to the byte"
id=$(record B12345Z)
IARMS_USER=karl iarms-record seize "$id" > seized || cat seized
rm -rf sink/*.eml sink/read
cat > deadly <<END
#!/bin/sh
$IARMS_SENDMAIL || exit
kill -KILL \$PPID
END
chmod +x deadly
for i in 1 2 3; do
	IARMS_SENDMAIL=$PWD/deadly iarms-record notices --send > out 2>&1
done 2> killed
iarms-record notices --send > out 2>&1; echo "status $?"
states
came
for m in $(cut -f 1 sink/read | sort | uniq -d); do
	grep -lF "$m" sink/*.eml | xargs cat | cmp -s - "$(grep -lF "$m" sink/*.eml | head -n 1)" && echo "only once: $m"
	grep -lF "$m" sink/*.eml | xargs md5sum | cut -d ' ' -f 1 | sort -u | wc -l
done
echo "-- killed at any moment: in the end each came"
rm -rf sink/*.eml sink/read
for i in 1 2 3 4 5; do
	id=$(record "C1234$i")
	IARMS_USER=karl iarms-record seize "$id" > seized || cat seized
done
for i in $(seq 25); do
	iarms-record notices --send > out 2>&1 &
	sleep "0.0$((i * 7 % 10))$((i * 3 % 10))"
	kill -KILL $!
	wait $!
done 2> killed
# whom one that was killed has just begun may hold its lock for a moment
until iarms-record notices --send > out 2>&1; status=$?; ! grep -q 'another process is sending' out; do sleep 0.1; done
echo "status $status"
states
# the last may still be on its way for the second time: to be looked at when nothing comes any more
stop_sink
cut -f 1 sink/read | sort -u | wc -l
cut -f 1 sink/read | sort -u | while read -r m; do
	[ "$(grep -lF "$m" sink/*.eml | xargs md5sum | cut -d ' ' -f 1 | sort -u | wc -l)" -eq 1 ] || echo "not the same: $m"
done
cat sink/wrong
iarms-access audit --verify -c breaks
