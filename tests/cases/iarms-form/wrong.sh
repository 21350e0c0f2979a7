# wrong.sh - rows of another kind, damaged ones, none: what is good is drawn, and each thing that is wrong is named
. "$CASES/lib.sh"
command -v python3 > /dev/null || skip "no python3 to count pages"
f() {
	iarms-form "$@" > form.pdf
	echo "status $?, $(python3 "$CASES/pdf_pages.py" < form.pdf) pages, $(grep -ac '%%EOF' form.pdf) end"
}
printf 'to,make,serial\nDEU,Beretta,ABC123\nDEU,Beretta,ABC223\n' > rows.csv
iarms-trace submit --as FRA --use u --legal-basis l --circumstances c -c id < rows.csv > told
iarms-trace export > good.csv
id=$(iarms-trace list -c id -o tsv | tail -n 1)
echo "== nothing"
f < /dev/null
head -n 1 good.csv | f
iarms-trace export to=ITA | f
echo "== rows of another kind"
iarms-trace list | f
iarms-record list | f
iarms-trace export -o json | f
printf 'a,b\n1,2\n' | f
printf '%%PDF-1.5\n' | f
noise 3000 | tr '"\n' 'aa' | iarms-form > form.pdf 2> err
echo "status $?, $(grep -c '^iarms-form: standard input: ' err) line"
awk 'BEGIN { for (i = 0; i < 500; i++) printf "c%d,", i; print "id" }' | f
sed '1s/case/agency/' good.csv | f
echo "== rows that are damaged: the other one is drawn"
sed '3s/,.*/,DEU/' good.csv | f
sed "3s/$id/FRA26-EPH8-0V41/" good.csv | sed '3s/^[^,]*/FRA26-EPH8-0V41/' | f
sed '3s/,submitted,/,lost,/' good.csv | f
sed '3s/Beretta/Ber\xff/' good.csv | f
sed '3s/Beretta/Ber\x00/' good.csv | f
awk 'NR == 3 { for (x = "x"; length(x) < 300000; x = x x) ; sub(/Beretta/, x) } { print }' good.csv | f
place=$(head -n 1 good.csv | tr , '\n' | grep -nx chain | cut -d: -f1)
awk -F, -v OFS=, -v p="$place" 'NR == 3 { $p = "1|2|3|4|5|6" } { print }' good.csv | f
awk -F, -v OFS=, -v p="$place" 'NR == 3 { for (i = 0; i < 300; i++) $p = $p "1999|a|b;" } { print }' good.csv | f
echo "== an end that is not there"
sed '3s/Beretta/"Beretta/' good.csv | f
echo "== files"
f no-such-file
f . good.csv
f good.csv no-such-file
SOURCE_DATE_EPOCH=soon f good.csv
