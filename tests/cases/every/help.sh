# help.sh - --help fits a screen, is the same for every verb, and is not shy of a full device
. "$CASES/lib.sh"
check() {
	wants 0 "$PROGRAM" "$@" --help > help
	lines=$(wc -l < help)
	columns=$(wc -L < help)
	[ "$lines" -ge 4 ] || echo "$*: help of $lines lines"
	[ "$lines" -le 40 ] || echo "$*: help of $lines lines does not fit a screen"
	[ "$columns" -le 100 ] || echo "$*: a line of the help has $columns columns"
	head -n 1 help | grep -q "^usage: $PROGRAM" || echo "$*: the help does not begin with its usage"
	grep -oE '^  -[A-Za-z0-9],' help | sort | uniq -d | sed "s/^/$*: twice:/"
	grep -oE '^ +(-., )?--[a-z0-9-]+' help | grep -oE -e '--.*' | sort | uniq -d | sed "s/^/$*: twice: /"
}
check
for v in $(verbs); do
	check "$v"
done
wants 4 "$PROGRAM" --help > /dev/full 2> message
grep -q "^$PROGRAM: " message || { echo "no message on a full device:"; cat message; }
