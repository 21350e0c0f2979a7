# pages.sh - pages and pictures are well formed, of one piece, and the same each time
. "$CASES/lib.sh"
cat > rows.csv <<'END'
sale_date,crime_date
2024-02-29,2025-02-28
2022-03-01,2025-03-01
2020-01-01,2024-06-01
END
for form in html svg pdf; do
	iarms-report time-to-crime -o $form rows.csv > one.$form || exit
	iarms-report time-to-crime -o $form - < rows.csv > two.$form
	[ $form != svg ] || cmp one.svg two.svg
done
iarms-report time-to-crime -o pdf rows.csv | cmp - one.pdf
head -c 8 one.pdf; echo
grep -c '<svg ' one.html
grep -oE '(src|href)="[^#][^"]*"|https?:[^"]*|<script' one.html one.svg | grep -v 'xmlns\|www.w3.org/2000/svg'
if command -v xmllint > /dev/null; then
	xmllint --noout one.svg
fi
for t in months bands years; do
	iarms-report time-to-crime -o svg -t $t rows.csv 2>&1 | grep -c '<svg '
done
wants 1 iarms-report time-to-crime -o svg -t about rows.csv
wants 2 iarms-report time-to-crime -o pdf -t bands rows.csv
wants 2 iarms-report time-to-crime -o html -c table rows.csv
for form in html svg pdf; do
	wants 4 iarms-report time-to-crime -o $form rows.csv > /dev/full
done
