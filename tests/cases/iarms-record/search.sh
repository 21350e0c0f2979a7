# search.sh - firearms looked for by serial number: the grades, what agrees, what pipes on
. "$CASES/lib.sh"
iarms-record import -q - <<'END'
owner,category,type,make,model,calibre,serial,components
FRA,stolen,pistol,Beretta,92,9mm,AB 12345-Z,
DEU,stolen,pistol,Walther,PPK,7.65,AB12345Z,
ESP,lost,revolver,S&W,10,.38,A812345Z,
ITA,lost,rifle,Zastava,M70,7.62x39,AB1234SZ,
POL,stolen,pistol,FN,Hi-Power,9mm,A1B2C3D4E5,
USA,stolen,shotgun,Mossberg,500,12,AB?2345Z,
BRA,trafficked,pistol,Taurus,PT92,9mm,AB12354Z,
MEX,trafficked,pistol,Glock,17,9mm,XX1,slide AB12345Z; barrel 77
GBR,lost,pistol,Colt,1911,.45,OO7,
SWE,lost,pistol,Colt,1911,.45,007,
NLD,lost,pistol,Colt,1911,.45,unreadable,
END
look() { iarms-record search "$@" -c grade,where,agree,disagree,owner,serial -o table; }
echo "-- all grades but one edit"; look serial=AB12345Z
echo "-- one edit too"; look -g edit serial=AB12345Z
echo "-- as it was typed"; look -g exact 'serial=AB12345Z'
echo "-- what else is known of it"; look serial=AB12345Z make=beretta calibre='9 mm Luger' type=pistol
echo "-- only where nothing disagrees"; look -A serial=AB12345Z make=beretta calibre='9 mm Luger' type=pistol
echo "-- a calibre that goes with another"; look serial=A812345Z calibre='.38 special' model='Model 10'
echo "-- wildcards"; look 'serial=AB?234*'; look -g wildcard 'serial=*345?'
echo "-- letters between digits"; look serial=12345
echo "-- a word is no number"; wants 2 iarms-record search serial=unreadable -c id
echo "-- records are chosen by what is no word on the firearm"; look serial=AB12345Z owner=DEU; look 'serial=007' category=lost owner=SWE
echo "-- nothing"; wants 1 iarms-record search serial=NOTHING9 -c id
wants 2 iarms-record search nonsense=1
wants 2 iarms-record search -g wrong serial=1
wants 2 iarms-record search -c nonsense serial=1
echo "-- questions in rows"
printf 'serial,make\nAB12345Z,beretta\nNOTHING9,\nA1B2C3D4E5,\n,\n' > questions.csv
wants 3 iarms-record search -g separators -c row,grade,agree,disagree,owner < questions.csv
echo "-- rows that go on in a pipe: certain hits are reported"
iarms-record search -g look-alikes -A serial=A8l2345z | iarms-record seize --country DEU -o tsv -c owner,status
iarms-record search --seize --country POL serial=AB12345Z make=Walther -c grade,owner,status
iarms-record search serial=AB12345Z make=Walther -A -c owner,status,found_country
iarms-record list owner=DEU -c status,found_country
echo "-- lists"
iarms-record list make=colt 'serial=*7' -c owner
iarms-record list event_date=2024 -c owner
iarms-record list type=pistol category=stolen -o json -c owner,make_name
wants 3 iarms-record list event_date=2024-13 -c owner
iarms-record list status=located -o tsv -c id | iarms-record show -o tsv -c owner
echo "-- withheld from a country"
iarms-record list -o tsv -c id owner=POL | iarms-record restrict -x 'ESP,DEU' -c exclude
iarms-record list exclude=DEU -c owner,exclude
iarms-record list exclude=germany -c owner
iarms-record list 'exclude=?*' -c owner
