# import.sh - tables from elsewhere: encodings, delimiters, languages, what is understood as what
. "$CASES/lib.sh"
cat > es.csv <<'END'
Fabricante;Modelo;Calibre;Número de serie;País;Fecha del robo;Tipo
Pietro Beretta;92FS;9 mm Para;A12345Z;España;03/04/2024;pistola
Smith & Wesson;10;.38;C123456;Francia;25/12/2023;revólver
Glok;19;9x19;"S/N";Portugal;;pistola
Winchester;70;.30-06;G1234567;EE.UU.;2024-05;rifle
END
echo "-- whose they are is not said"
wants 3 iarms-record import -q -s category=stolen es.csv
wants 3 iarms-record import -q -m owner=País es.csv
wants 2 iarms-record import -m owner=nonsense es.csv
wants 2 iarms-record import -s nonsense=1 es.csv
echo "-- a dry run changes nothing"
iarms-record import -n -m owner=País -s category=stolen es.csv > dry
iarms-record list -c id
echo "-- the same report from the run itself"
iarms-record import -m owner=País -s category=stolen es.csv | tee wet
cmp dry wet
iarms-record list -o table -c owner,event_date,type,make_name,calibre_name,serial,serial_state
echo "-- the same table in any clothes adds nothing"
iconv -f UTF-8 -t WINDOWS-1252 es.csv > windows.csv
iconv -f WINDOWS-1252 -t UTF-8 es.csv > twice.csv
{ printf '\357\273\277'; cat es.csv; } > mark.csv
iconv -f UTF-8 -t UTF-16LE es.csv > utf16le.csv
{ printf '\376\377'; iconv -f UTF-8 -t UTF-16BE es.csv; } > utf16be.csv
tr ';' '\t' < es.csv > tab.csv
tr ';' '|' < es.csv > bar.csv
tr '\n' '\r' < es.csv > cr.csv
sed 's/$/\r/' es.csv > crlf.csv
{ sed -n 1p es.csv; sed -n 2p windows.csv; sed 1,2d es.csv; } > mixed.csv
for f in windows twice mark utf16le utf16be tab bar cr crlf mixed; do
	iarms-record import -q -m owner=País -s category=stolen $f.csv
done
sed 1d es.csv | iarms-record import -q --no-header --map make=1,model=2,calibre=3,serial=4,owner=5,event_date=6,type=7 \
	-s category=stolen
echo "-- any number of threads, and a pipe"
awk 'BEGIN { print "owner,category,make,serial"; for (i = 0; i < 20000; i++) printf "FRA,lost,%s,%d\n", i % 7 ? "FN" : "Coltt", i + 1000 }' > many.csv
for j in 1 3; do
	iarms-record import -d d$j -j $j many.csv > report.$j
	iarms-record list -d d$j > list.$j
done
iarms-record import -d d0 < many.csv > report.0
cmp list.1 list.3
cmp report.1 report.3
sed 's/many.csv/standard input/' report.1 | cmp - report.0
echo "-- what is not taken goes into the remarks when it is asked for"
printf 'Brand,Serial No,Gun Cal,Colour,Suspect name\nFN,A1,9mm,black,Somebody\n' |
	iarms-record import --rest -s owner=BEL -s category=lost
iarms-record list owner=BEL -c make,serial,calibre,remarks
echo "-- dates that could be two days"
printf 'make,serial,date\nFN,B1,03/04/2024\nFN,B2,05/06/2024\n' > dates.csv
wants 3 iarms-record import -q -s owner=BEL -s category=lost dates.csv
iarms-record import -q -s owner=BEL -s category=lost --dates mdy dates.csv
iarms-record list owner=BEL 'serial=B*' -c serial,event_date
echo "-- rows that say the same"
printf 'make,serial\nFN,C1\nFN,C1\nFN,\nFN,\n' > same.csv
iarms-record import -q -s owner=BEL -s category=smuggled same.csv
iarms-record import -q -s owner=BEL -s category=smuggled same.csv
echo "-- dates that are none"
printf 'make,serial,date,year made\nFN,D1,unknown,0\nFN,D2,-,inconnu\nFN,D3,00/00/0000,\nFN,D4,sometime,\n' > none.csv
wants 3 iarms-record import -q -s owner=BEL -s category=lost none.csv
iarms-record list 'serial=D*' -c serial,event_date,made_year
