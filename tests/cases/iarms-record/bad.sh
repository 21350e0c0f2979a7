# bad.sh - rows that make no sense: each is in, or set aside with its reason, and none stops the others
. "$CASES/lib.sh"
{
	echo 'owner,category,type,make,serial,event_date'
	printf 'USA,stolen,pistol,Glock,%s\n' ABC1,2024-02-30 ABC2,2027-01-01 '' ABC3,2024-02-01,x ABC4,2024-02-01,
	printf 'USX,stolen,pistol,Glock,ABC5,2024-02-01\nSUN,stolen,pistol,Glock,ABC6,2024-02-01\n'
	printf 'USA,borrowed,pistol,Glock,ABC7,2024-02-01\nUSA,stolen,pistol,Glock,"ABC\n8",2024-02-01\n'
	printf 'USA,stolen,pistol,Glock,AB\0C9,2024-02-01\n,,,,,\n\nUSA,stolen,wombat,Glock,ABC10,2024-02-01\n'
	printf 'USA,stolen,pistol,"Glo"ck,ABC11,2024-02-01\nUSA,stolen,pistol,Glock,ABC12,32.13.2024\n'
	printf 'USA,stolen,pistol,Glock,"ABC13,2024-02-01\nUSA,stolen,pistol,Glock,ABC14,2024-02-01\n'
	printf 'USA,stolen,,,unknown,\n'
} > bad.csv
echo "-- import"
wants 3 iarms-record import -q -r rejects.csv bad.csv
cat rejects.csv
iarms-record list -o table -c serial,serial_key,event_date,type,remarks
echo "-- again: what is in is known, the rest is set aside as before"
wants 3 iarms-record import -q -r again.csv bad.csv 2> err
tail -n 1 err
cmp rejects.csv again.csv
echo "-- set right, they come in"
sed -i -e '2s/-30$/-28/' -e '3s/2027/2025/' rejects.csv
wants 3 iarms-record import -q rejects.csv 2> err
tail -n 1 err
echo "-- add"
wants 3 iarms-record add -d added -o tsv -c owner,make,serial_key < bad.csv
echo "-- nothing to read, no text, no such file"
: > empty.csv
wants 3 iarms-record import -q empty.csv
wants 3 iarms-record add -c id < empty.csv
noise 3000 > noise.csv
wants 3 iarms-record import -q -s owner=USA -s category=lost noise.csv 2> err
wants 3 iarms-record import -q -s owner=USA -s category=lost none.csv
wants 2 iarms-record add -c id owner=USA owner=USA
wants 2 iarms-record add -c id nonsense=1
wants 2 iarms-record add -c id id=USA26-0000-0000
wants 3 iarms-record add -c id owner=USA category=stolen make=FN made_year=1700x event_date=2024-13
wants 3 iarms-record show -c id nonsense
wants 3 iarms-record show -c id FRA26-AAAA-AAAA
wants 1 iarms-record show -c id "$(iarms-record add -d other owner=FRA category=lost make=FN -o tsv -c id | sed 1d)" 2> err
iarms-record verify -c what,why
