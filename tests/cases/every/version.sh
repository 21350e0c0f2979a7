# version.sh - --version names the program and its version
. "$CASES/lib.sh"
wants 0 "$PROGRAM" --version > version
want=$(sed -n 's/^VERSION = //p' "$TOP/Makefile")
[ "$(cat version)" = "$PROGRAM $want" ] || cat version
wants 4 "$PROGRAM" --version > /dev/full 2> message
grep -q "^$PROGRAM: " message || { echo "no message on a full device:"; cat message; }
