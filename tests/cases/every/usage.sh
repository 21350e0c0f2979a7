# usage.sh - what is unknown is refused, before anything is read or written
. "$CASES/lib.sh"
check() {
	wants 2 "$PROGRAM" "$@" > output 2> message < /dev/null
	[ -s output ] && { echo "$*: output in spite of bad usage:"; cat output; }
	grep -q "^$PROGRAM: " message || { echo "$*: no message:"; cat message; }
}
check --no-such-option
check -%
check --help=yes
for v in $(verbs); do
	check "$v" --no-such-option
done
[ -z "$(verbs)" ] || check no-such-verb
