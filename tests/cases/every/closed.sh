# closed.sh - standard output that is not there at all is noticed, and no file takes its place
. "$CASES/lib.sh"
normal=$CASES/$PROGRAM/normal.sh
[ -e "$normal" ] || exit 0   # full.sh complains
wants 4 sh "$normal" >&- 2> message
grep -q "^$PROGRAM: " message || { echo "the message:"; cat message; }
