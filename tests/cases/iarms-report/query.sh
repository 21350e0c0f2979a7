# query.sh - tables made to measure, against mlr and awk; quality
. "$CASES/lib.sh"
cat > rows.csv <<'END'
owner,type,make,made_year,event_date,found_date,status,category
FRA,pistol,GLOCK,1999,2025-01-31,2025-02-10,located,stolen
FRA,pistol,GLOCK,2001,2025-02-28,,active,stolen
FRA,rifle,,x,2025-04,,active,lost
DEU,pistol,WALTHER,1990,2025-04-01,2025-04-01,recovered,stolen
DEU,rifle,MAUSER,2026,2025-06-30,2025-06-01,located,lost
,pistol,"A, ""B""",,,,active,lost
ITA,pistol,BERETTA,2010,2030-01-01,,active,lost
END
q() { echo "$*"; iarms-report query -t query "$@" rows.csv; }
q
q --by owner
q --by owner,type -w 'status=active|located'
q --by owner --share status=active --share 'made_year<2000' --median made_year --mean made_year --p90 made_year
q --by owner --median event_date..found_date
q --period month
q --period quarter --by category
q --period year --date found_date
q --by make -w 'make=*B*'
q --by owner -w owner=GBR
if command -v mlr > /dev/null; then
	iarms-report query -t query --by type -c type,count rows.csv > got
	mlr --csv count-distinct -f type "then" sort -nr count rows.csv | cmp got -
fi
wants 2 iarms-report query --by colour rows.csv
wants 2 iarms-report query --median colour rows.csv
wants 2 iarms-report query --median event_date..colour rows.csv
wants 2 iarms-report query --share colour=1 rows.csv
wants 2 iarms-report query --by owner,owner,owner,owner,owner,owner,owner rows.csv
cut -d, -f1 rows.csv | wants 2 iarms-report query --period month -
iarms-report query --by owner,type --min-cell 2 -o table rows.csv | head -n 8
echo "quality:"
iarms-report quality -t fields rows.csv
iarms-report quality -t errors rows.csv
echo a | wants 3 iarms-report quality -
echo "no rows:"
head -n 1 rows.csv | iarms-report query --by owner - | head -n 3
