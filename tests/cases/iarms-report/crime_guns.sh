# crime_guns.sh - time to crime of real rows, against days counted by mlr from seconds
. "$CASES/lib.sh"
need_data records
command -v mlr > /dev/null || skip "mlr is not installed"
# shellcheck disable=SC2154  # need_data sets it
rows=$data/records/crime-guns.csv
[ -e "$rows" ] || skip "no crime-guns.csv"
# shellcheck disable=SC2016,SC2154  # mlr reads it; need_data sets it
mlr --icsv --onidx put -q '
	if (is_not_empty($sale_date) && is_not_empty($crime_date) && strptime($crime_date, "%Y-%m-%d") <= int(ENV["SOURCE_DATE_EPOCH"])) {
		print (strptime($crime_date, "%Y-%m-%d") - strptime($sale_date, "%Y-%m-%d")) // 86400
	}' "$rows" | sort -n > days
awk '$1 < 0 { negative++; next } { n++; sum += $1; day[n] = $1 }
	END { printf "%d,%d,%d,%.1f,%.1f\n", NR, negative, n, sum / n,
		n % 2 ? day[(n + 1) / 2] : (day[n / 2] + day[n / 2 + 1]) / 2 }' days > want
all=$(($(wc -l < "$rows") - 1))
iarms-report time-to-crime -t summary -o csv "$rows" | tail -n 1 |
	awk -F, -v all="$all" '$1 != all { print "rows " $1 ", not " all } $2 + $3 + $4 + $5 != all { print "they do not add up" }
		{ print all - $2 - $4 "," $3 "," $5 "," $6 "," $7 }' > got
cmp want got || { cat want got; }
