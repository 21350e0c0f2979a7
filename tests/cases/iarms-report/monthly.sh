# monthly.sh - a page for each country, as its officer may see it, mailed once
. "$CASES/lib.sh"
grant() {
	iarms-access grant "$1" --country "$2" --agency BCN --kind ncb --role approver --agreement U --to 2026-12-31
}
for i in 1 2 3 4 5 6; do
	iarms-record add owner=FRA category=stolen type=pistol make=glock serial=A$i event_date=2025-12-0$i
	iarms-record add owner=FRA category=stolen type=rifle make=secretmake serial=S$i event_date=2025-12-0$i exclude=DEU
	iarms-record add owner=DEU category=lost type=revolver make=colt serial=B$i event_date=2025-12-1$i
done > added
grant marie FRA
grant karl DEU
cat > .iarms/monthly.csv <<'END'
country,officer,language
FRA,marie,fr
DEU,karl,en
END
printf 'country,address\nsender,iarms@ncb.example\nFRA,ncb.fr@example.org\n' > .iarms/addresses.csv
cat > mailer <<'END'
#!/bin/sh
cat >> sent.mail
[ ! -e refuse ]
END
chmod +x mailer
IARMS_SENDMAIL="$PWD/mailer"
export IARMS_SENDMAIL
run() { wants "$@"; ls .iarms/monthly; }
touch refuse
run 4 "$TOP/scripts/monthly-report" .iarms
rm refuse sent.mail
run 4 "$TOP/scripts/monthly-report" .iarms
run 4 "$TOP/scripts/monthly-report" .iarms
grep -E '^(To|From|Subject|Content-Disp)' sent.mail
grep -c 'MIME-Version' sent.mail
echo DEU,ncb.de@example.org >> .iarms/addresses.csv
run 0 "$TOP/scripts/monthly-report" .iarms
grep -c 'MIME-Version' sent.mail
sed -n '/filename="2025-12-FRA-records/,/^--/p' sent.mail | sed '1,2d;/^--/d' | base64 -d | cmp - .iarms/monthly/2025-12-FRA-records.html
grep -o '<html[^>]*>' .iarms/monthly/*records.html
echo "what is withheld:"
grep -c secretmake .iarms/monthly/2025-12-FRA-records.html
IARMS_USER=karl iarms-report records --country FRA -t make
IARMS_USER=karl iarms-report records --country FRA | grep '^about,source'
IARMS_USER=marie iarms-report records --country FRA -t make
IARMS_USER=karl iarms-report query --by make -t query
echo "withheld since, so are the revisions before:"
IARMS_USER=karl iarms-report records -t month
id=$(grep -o '^FRA26-[^,]*' added | head -n 1)
IARMS_USER=marie iarms-record restrict "$id" --exclude DEU > restricted
IARMS_USER=karl iarms-report records -t month
IARMS_USER=marie iarms-report records -t month
wants 5 env IARMS_USER=nobody iarms-report records 2> said
wants 2 "$TOP/scripts/monthly-report"
wants 2 "$TOP/scripts/monthly-report" -m 2025-13 .iarms
wants 3 "$TOP/scripts/monthly-report" no-such-folder
