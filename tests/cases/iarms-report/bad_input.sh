# bad_input.sh - empty logs, rows of another kind, fields that are not there, damaged lines
. "$CASES/lib.sh"
quiet() { wants "$@" > out 2> err; cat err; [ ! -s out ] || { echo "output:"; head -n 3 out; }; }
quiet 3 iarms-report records - < /dev/null
quiet 3 iarms-report records no-such-file
echo 'id,name' | quiet 3 iarms-report records -
echo 'id,name' | quiet 3 iarms-report time-to-crime -
printf 'owner,category,status\nFRA,stolen\n' | quiet 3 iarms-report records -
printf 'owner,category,status\nFRA,"stolen\n' | quiet 3 iarms-report records -
printf 'owner,owner,category,status\n' | quiet 3 iarms-report records -
printf 'owner,category,status\n' > rows.csv
quiet 2 iarms-report records -w colour=red rows.csv
quiet 2 iarms-report records -w colour rows.csv
quiet 2 iarms-report records --date colour rows.csv
quiet 3 iarms-report records --year 2025 rows.csv
quiet 2 iarms-report records --year 2025x rows.csv
quiet 2 iarms-report records --year 2025 --during 2025 rows.csv
quiet 2 iarms-report records -m a=b rows.csv
quiet 2 iarms-report records -m a=b
quiet 2 iarms-report records -t colour rows.csv
quiet 2 iarms-report records --country fra rows.csv
quiet 2 iarms-report records a b
echo "no rows:"
iarms-report records rows.csv -o table | head -n 8
echo "an empty folder:"
mkdir -m 700 .iarms
iarms-report records -t category
iarms-record add owner=FRA category=stolen make=glock serial=1 > added
iarms-record add owner=FRA category=lost make=glock serial=2 >> added
sed '2s/stolen/smuggled/' "${IARMS_DIR:-$HOME/.iarms}"/records.csv > edited
cat edited > "${IARMS_DIR:-$HOME/.iarms}"/records.csv
echo "no folder: it is told, once"
for read in 'iarms-report records -t category' 'iarms-record list -c id' 'iarms-record search serial=A -c id' \
	'iarms-trace list -c id' 'iarms-trace overdue -c id'; do
	rm -rf nowhere
	$read -d nowhere > out 2> err
	cat err
	$read -d nowhere > out 2> err
	cat err
done
echo "tables of another form"
printf 'owner;category;status\nFRA;stolen;active\n' | quiet 3 iarms-report records -
printf 'owner\tcategory\tstatus\nFRA\tstolen\tactive\n' | quiet 3 iarms-report records -
printf 'owner,category,status\nFRA,stolen,active\n' | iconv -t UTF-16 | quiet 3 iarms-report records -
echo "a damaged line:"
wants 3 iarms-report records -t category
