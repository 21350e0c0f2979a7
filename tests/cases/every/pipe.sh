# pipe.sh - a reader that has gone away is noticed, whether or not SIGPIPE is ignored
. "$CASES/lib.sh"
normal=$CASES/$PROGRAM/normal.sh
[ -e "$normal" ] || exit 0   # full.sh complains
mkfifo pipe
for trap in '' -; do
	rm -rf work; mkdir work
	# shellcheck disable=SC2094
	exec 3<> pipe 4> pipe 3<&-   # a pipe whose only reader is closed
	# shellcheck disable=SC2064  # it is "" or "-"
	(cd work && trap "$trap" PIPE && sh "$normal" 4>&-) >&4 2> message
	status=$?
	exec 4>&-
	case $status in
	141) if [ -z "$trap" ]; then echo "killed by a signal that is ignored"; fi ;;
	4) grep -q "^$PROGRAM: .*Broken pipe" message || { echo "the message:"; cat message; } ;;
	*) echo "status $status"; cat message ;;
	esac
done
