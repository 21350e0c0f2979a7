# totals.sh - every count agrees with iarms-record list and awk
i=0
for line in FRA,stolen,pistol,glock FRA,lost,pistol,glock DEU,stolen,rifle,mauser DEU,stolen,pistol,walther \
	ITA,smuggled,shotgun,beretta ITA,stolen,pistol,beretta FRA,trafficked,pistol,taurus; do
	i=$((i + 1))
	IFS=, read -r owner category type make <<END
$line
END
	iarms-record add owner="$owner" category="$category" type="$type" make="$make" serial="A$i" \
		event_date=2025-0$i-15 made_year=19${i}9 -o csv | tail -n 1 >> added
done
first=$(sed -n 1p added | cut -d, -f1) second=$(sed -n 2p added | cut -d, -f1) third=$(sed -n 3p added | cut -d, -f1)
iarms-record seize "$first" --country ITA --date 2025-04-01 > seized
iarms-record cancel "$second" --reason error > cancelled
iarms-record update "$third" model=98 > updated
iarms-record list -c owner,category,type,make_name,status > list.csv
for field in category:2 type:3 make:4 status:5 country:1; do
	name=${field%:*}
	iarms-report records -t "$name" -c "$name,records" | tail -n +2 | sort > got
	awk -F, -v f="${field#*:}" 'NR > 1 && $5 != "cancelled" { n[$f]++ } END { for (k in n) print k "," n[k] }' list.csv |
		sort > want
	cmp got want || { echo "$name:"; cat got; echo "not:"; cat want; }
done
# the same from rows, in a pipe
iarms-report records -o csv > log.csv
iarms-record list | iarms-report records -o csv - > rows.csv
for t in category status type make calibre country age review days_to_seizure left_out; do
	grep "^$t," log.csv > a; grep "^$t," rows.csv > b
	cmp a b || cat a b
done
iarms-report records -t month
iarms-report records -t days_to_seizure
iarms-report records -t left_out
iarms-report records -w owner='FRA|ITA' --during 2025-04.. --min-cell 2 -o table
