# traces.sh - requests, flows and annual tables, each count against awk
. "$CASES/lib.sh"
cat > rows.csv <<'END'
id,from,to,state,priority,outcome,untraced,due,submitted,acknowledged,answered,recovery_date,first_sale,make,calibre,serial,type,record,parent,circumstances
1,FRA,DEU,answered,urgent,purchaser,,2025-01-10,2025-01-01T23:59:59Z,2025-01-02T00:00:01Z,2025-01-31T00:00:00Z,2024-12-31,2022-02-28,GLOCK,9mm,A1,pistol,,,
2,FRA,DEU,answered,normal,not-traced,too-old,2025-03-01,2025-02-01T00:00:00Z,2025-02-11T00:00:00Z,2025-03-01T00:00:00Z,2025-01-15,,MAUSER,7.92,B2,rifle,,,
3,FRA,ITA,submitted,normal,,,2025-12-31,2025-11-01T00:00:00Z,,,,,BERETTA,9mm,C3,pistol,,,
4,DEU,FRA,acknowledged,high,,,2026-01-01,2025-12-20T00:00:00Z,2025-12-21T00:00:00Z,,2025-12-01,,MANURHIN,.357,D4,revolver,,,
5,DEU,ITA,information-requested,normal,,,2025-10-01,2025-09-01T00:00:00Z,2025-09-02T00:00:00Z,,2025-08-01,,BERETTA,9mm,E5,pistol,,,
6,DEU,ITA,closed,normal,dealer,,2025-10-01,2025-09-01T00:00:00Z,2025-09-05T00:00:00Z,2025-09-21T00:00:00Z,2025-08-01,2025-06-01,BERETTA,9mm,E6,pistol,,,
7,DEU,ITA,closed,normal,importer,,2025-10-01,2025-09-01T00:00:00Z,2025-09-05T00:00:00Z,2025-09-21T00:00:00Z,2025-08-11,2025-06-01,BERETTA,9mm,E6,pistol,,,
8,FRA,ITA,withdrawn,normal,dealer,,2025-10-01,2025-09-01T00:00:00Z,,,2025-08-01,2025-06-01,BERETTA,9mm,E7,pistol,,,
9,FRA,ITA,draft,normal,,,,,,,2025-08-01,,BERETTA,9mm,E8,pistol,,,
10,ITA,USA,answered,normal,purchaser,,2025-10-01,2025-09-01T00:00:00Z,2025-09-05T00:00:00Z,2025-09-21T00:00:00Z,2025-08-01,1999-06-01,BERETTA,9mm,E5,pistol,,5,
11,DEU,USA,answered,normal,established,,2025-10-01,2025-09-01T00:00:00Z,2025-09-05T00:00:00Z,2025-09-21T00:00:00Z,2025-08-01,,COLT,.45,F1,pistol,,,turned-in
12,DEU,DEU,answered,normal,dealer,,2025-10-01,2025-09-01T00:00:00Z,2025-09-05T00:00:00Z,2025-09-22T00:00:00Z,2025-08-01,,COLT,.45,,pistol,R1,,
13,DEU,DEU,answered,normal,dealer,,2025-10-01,2025-09-01T00:00:00Z,2025-09-05T00:00:00Z,2025-09-22T00:00:00Z,2025-08-01,,COLT,.45,,pistol,R1,,
END
for t in summary country state outcome untraced month days left_out; do iarms-report traces -t $t rows.csv; done
for f in from:outgoing:2 to:incoming:3; do
	name=${f#*:}
	iarms-report traces -t country -c country,"${name%:*}" rows.csv | grep -v ',0$' | tail -n +2 | sort > got
	mlr --icsv --ocsv --headerless-csv-output filter '$state != "draft"' 'then' count -f "${f%%:*}" rows.csv 2> /dev/null | sort > want
	[ ! -s want ] || cmp got want
done
echo "flows:"
for t in flows routes left_out; do iarms-report flows -t $t rows.csv; done
echo "annual:"
for t in year country type make calibre left_out; do iarms-report annual -t $t rows.csv; done
iarms-report annual --year 2025 -t year rows.csv
echo "time to crime:"
iarms-report time-to-crime -t summary rows.csv
iarms-report time-to-crime -t left_out rows.csv
echo "sdg:"
iarms-report sdg -t indicator rows.csv
