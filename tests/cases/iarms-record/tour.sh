# tour.sh - what iarms(7) shows can be typed as it stands
. "$CASES/lib.sh"
for tool in mandoc iarms-trace iarms-report iarms-access; do
	command -v $tool > /dev/null || skip "no $tool"
done
cat > list.csv <<'END'
Manufacturer,Model,Cal.,Serial no.,Date stolen,Type
Beretta,92,9mm,A12345Z,12/25/2024,pistol
S&W,10,.38,C1234,,revolver
END
mandoc -Tascii "$TOP/man/iarms.7" | sed "s/.$(printf '\b')//g" | sed -n '/^EXAMPLES/,/^SEE ALSO/s/^           //p' > tour
[ "$(grep -c . tour)" -gt 10 ] || echo "the examples are not found"
sh -e tour > out 2> err || echo "status $?"
grep -E 'rror|[Uu]sage|cannot' out err
grep -c ",DEU,,2026-01-01,Kehl,.*,locate,2," .iarms/records.csv
