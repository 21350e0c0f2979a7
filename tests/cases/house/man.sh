# man.sh - every page is well made, says which page it is, and refers to pages that there are
. "$CASES/lib.sh"
command -v mandoc > /dev/null || skip "mandoc is not installed"
cd "$TOP" || exit 4
for page in man/*.[1-9]; do
	name=$(basename "$page")
	mandoc -T lint -W warning "$page" || echo "$name: see above"
	grep -qi "^\.Dt ${name%.*} ${name##*.}\$" "$page" || echo "$name: .Dt says something else"
	mandoc -T utf8 "$page" > /dev/null || echo "$name cannot be shown"
done
# pages that are to come
cat > "$TMPDIR/to-come" << 'END'
iarms-record.1
iarms-trace.1
iarms-report.1
iarms-log.5
END
sed -nE 's/^\.Xr (i[a-z0-9-]+) ([0-9]).*/\1.\2/p' man/*.[1-9] | sort -u | while read -r to; do
	[ -e "man/$to" ] || grep -qx "$to" "$TMPDIR/to-come" || echo "a page refers to $to, which is not there"
done
