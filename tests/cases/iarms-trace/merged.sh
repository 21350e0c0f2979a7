# merged.sh - what was purged does not come back with an older copy of the log, or one that was changed after
. "$CASES/lib.sh"
at() { SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s) && export SOURCE_DATE_EPOCH; }
ask() { iarms-trace submit -d "$1" --as FRA --to DEU --use u --legal-basis l --circumstances c "serial=$2" -o tsv -c id | tail -n 1; }
put_together() { rm -rf c && mkdir -m 700 c && cat "$1/traces.csv" "$2/traces.csv" > c/traces.csv; }
exec 3>&2 2> said
trap 'ids < said >&3' EXIT
at 2019-03-10
old=$(ask a SECRET1) open=$(ask a SECRET2)
iarms-trace answer -d a --outcome dealer "$old" > told
at 2021-07-01
kept=$(ask a KEPT1)
printf '%s\n' "$old" "$open" "$kept" | ids > told
cp -r a copy
at 2024-06-01
iarms-trace purge -d a -c state
grep -c SECRET a/traces.csv
for pair in 'a copy' 'copy a'; do
	echo "== $pair"
	# shellcheck disable=SC2086  # they are two
	put_together $pair
	iarms-trace list -d c -c state,serial
	iarms-trace list -d c -c serial serial=SECRET2
	iarms-trace export -d c -H -c state,serial
	iarms-trace show -d c -H "$old" || echo "status $?"
	iarms-trace show -d c -T "$open" || echo "status $?"
	iarms-trace monitor -d c --as DEU -c state,serial
	iarms-trace suggest -d c serial=SECRET1 || echo "status $?"
	iarms-report traces -d c | grep -c SECRET
	iarms-trace verify -d c -c line,what,why || echo "status $?"
	iarms-trace purge -d c -n -c state,until
	iarms-trace purge -d c -c state,until
	iarms-trace verify -d c -c line || echo "status $?"
	grep -c SECRET c/traces.csv
	iarms-trace list -d c -s deleted -c state,at,text
done
echo "== changed elsewhere, after"
at 2024-06-02
iarms-trace comment -d copy --as FRA -m 'the trial is still to come, says PERSON' "$old" > told
put_together copy a
iarms-trace list -d c -c state,serial
iarms-trace verify -d c -c line,what,why || echo "status $?"
echo "== nobody moves what is gone"
wants 1 iarms-trace acknowledge -d c --as DEU "$open" > told
wants 1 iarms-trace comment -d c --as FRA -m m "$open" > told
wants 1 iarms-trace comment -d c --as ITA -m m "$open" > told
echo "== what was set aside goes with it, and two at once are one"
printf 'FRA19-SECRET' >> c/traces.csv
iarms-trace list -d c -c state > told
iarms-trace purge -d c -c state > one 2> /dev/null & iarms-trace purge -d c -c state > two 2> /dev/null; wait
cat one two | sort | uniq -c | sed 's/^ *//'
grep -c -e SECRET -e PERSON c/*.csv* | grep -v audit
iarms-access audit -d c --verify -c breaks
