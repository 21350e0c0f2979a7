# full.sh - a full disk is noticed: PROGRAM/normal.sh into /dev/full
. "$CASES/lib.sh"
normal=$CASES/$PROGRAM/normal.sh
[ -e "$normal" ] || { echo "there is no tests/cases/$PROGRAM/normal.sh, whose last command prints something"; exit 1; }
wants 4 sh "$normal" > /dev/full 2> message
grep -q "^$PROGRAM: .*No space left on device" message || { echo "the message:"; cat message; }
