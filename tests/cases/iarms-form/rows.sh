# rows.sh - the same forms from a pipe, files, and exports one behind the other; an answer, all states, other columns
. "$CASES/lib.sh"
command -v python3 > /dev/null || skip "no python3 to count pages"
pages() { python3 "$CASES/pdf_pages.py" < "$1"; }
printf 'to,make,serial\n' > rows.csv
for i in 1 2 3 4; do echo "DEU,Beretta,ABC${i}23"; done >> rows.csv
iarms-trace submit --as FRA --use u --legal-basis l --circumstances c -o tsv -c id < rows.csv | sed 1d > ids
iarms-trace answer --as DEU --outcome dealer -s '1998-05|Beretta|Meier, Ulm|sale|book "12"' -s '1999|Meier, Ulm' \
	-r 'not as evidence' "$(sed -n 2p ids)" -c id > told
iarms-trace restrict --as DEU --why ongoing-investigation "$(sed -n 3p ids)" -c id > told
iarms-trace refuse --as DEU -m no "$(sed -n 4p ids)" -c id > told
iarms-trace export > all.csv
iarms-trace show "$(sed -n 1p ids)" > one.csv
iarms-trace show < ids > shown.csv
iarms-form < shown.csv > all.pdf || echo "status $?"
echo "pages: $(pages all.pdf)"
iarms-form < one.csv > one.pdf
echo "of one: $(pages one.pdf)"
iarms-form - < shown.csv | cmp - all.pdf
iarms-form shown.csv | cmp - all.pdf
sed '1d' ids | iarms-trace show > rest.csv
iarms-form one.csv rest.csv | cmp - all.pdf
iarms-form one.csv - < rest.csv | cmp - all.pdf
cat one.csv rest.csv | iarms-form | cmp - all.pdf
sed 's/$/\r/' shown.csv | iarms-form | cmp - all.pdf
echo "in another order of columns, and with columns beside them"
iarms-trace show -c "by,at,$(head -n 1 shown.csv | sed 's/,at,by$//')" < ids | iarms-form | cmp - all.pdf
sed '1s/$/,remark/; 2,$s/$/,"x, y"/' shown.csv | iarms-form | cmp - all.pdf
echo "all of the log, and what the pipe of the page draws"
iarms-form all.csv > log.pdf || echo "status $?"
echo "pages: $(pages log.pdf)"
sed -n '/^iarms-trace export/,/^\.Ed/p' "$TOP/man/iarms-form.1" | sed '/^\.Ed/d' | sed 's/TCD/DEU/' > example
[ -s example ] || echo "where is the example?"
sh example || echo "status $?"
echo "pages: $(pages tcd.pdf)"
