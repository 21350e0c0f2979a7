# languages.sh - titles in four languages, names and numbers in none; every title is translated
. "$CASES/lib.sh"
cat > rows.csv <<'END'
sale_date,crime_date
2024-02-29,2025-02-28
2022-03-01,2025-03-01
END
for l in en fr es ar; do
	iarms-report time-to-crime -l $l rows.csv | grep -v '^about' > $l.csv
	cmp en.csv $l.csv
	iarms-report time-to-crime -l $l -o table rows.csv | head -n 12
	iarms-report time-to-crime -l $l -o html rows.csv > $l.html
	grep -o '<html[^>]*>' $l.html
	iarms-report time-to-crime -l $l -o pdf rows.csv | head -c 5; echo
done
echo "from the environment:"
for e in fr_FR.UTF-8 es ar_EG de_DE C C.UTF-8; do
	LC_ALL=$e iarms-report time-to-crime -o table rows.csv | head -n 1
done
LANG=fr_CA LC_ALL='' LANGUAGE=es:fr iarms-report time-to-crime -o table rows.csv | head -n 1
wants 2 iarms-report time-to-crime -l de rows.csv
if command -v msgcmp > /dev/null && command -v xgettext > /dev/null; then
	"$TOP/scripts/po" --check
fi
