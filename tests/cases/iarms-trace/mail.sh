# mail.sh - the other country is told of a move by mail, without particulars
. "$CASES/lib.sh"
mkdir -m 700 .iarms
printf 'country,address\nsender,iarms@ncb.example\nFRA,fr@example.org\nDEU,de@example.org\n' > .iarms/addresses.csv
printf '#!/bin/sh\n{ cat; echo ====; } >> mbox\n' > mailer
chmod +x mailer
id=$(iarms-trace submit --as FRA -t DEU --use u --legal-basis l --circumstances c serial=SECRET -o tsv -c id | tail -n 1)
iarms-trace ask -m 'SECRET?' "$id" > out
iarms-trace forward -t USA "$id" -o tsv -c id | tail -n 1 > next
IARMS_SENDMAIL=./mailer iarms-trace notices --send -c kind,to,state 2> err; echo "status $?"
sed "s/$id/ID/; s/$(cat next)/NEXT/" err
sed "s/$id/ID/g" mbox | grep -E '^(To|Subject|Message-ID|ID|====)'
grep -c SECRET mbox
iarms-trace notices -c kind,state
