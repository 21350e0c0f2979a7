# stress.sh - many writers at once, killed writers, a full disk: nothing is lost (a little of what it can do)
"$TOP/scripts/stress-record" -p 4 -a 8 -k 25 -f 300 "$BUILD" > out 2>&1 || cat out
