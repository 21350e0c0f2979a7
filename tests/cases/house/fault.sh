# fault.sh - the fault runner itself: what takes a failing call well, and what does not
# shellcheck disable=SC2016
. "$CASES/lib.sh"
mkdir -p top/tests/fault
cp "$TOP/tests/fault/run" top/tests/fault/
cd top || exit 4
grep -q __asan_init "$BUILD/fault-probe" && skip "sanitizers have an allocator of their own"
# how often bash flushes is its own affair: each kind of failure once
run() {
	tests/fault/run "$BUILD" "$@" > said 2>&1
	status=$?
	grep -E '^FAIL|nothing' said | sed 's/FAULT=[^ ]* //' | sort -u
	return $status
}
echo "== none"; wants 3 run
echo 'faults write -- bash -c "echo one > file 2> /dev/null; echo \$?; exit 0"' > tests/fault/careless.sh
echo 'faults write -- bash -c "echo one || exit 5"' > tests/fault/status.sh
echo 'faults write -- bash -c "echo one || { echo bash: full >&2; exit 4; }"' > tests/fault/good.sh
echo 'faults write -- bash -c "echo one 2> /dev/null || exit 4"' > tests/fault/silent.sh
echo 'faults write -- bash -c "echo one || kill -SEGV \$\$"' > tests/fault/crash.sh
printf 'intact() { [ "$1" -eq 0 ] || echo damaged; }\nfaults write -- bash -c "echo one || { echo bash: full >&2; exit 4; }"\n' > tests/fault/damage.sh
printf 'faults write -- bash -c "exit 2"\n' > tests/fault/never.sh
for p in careless status good silent crash damage never; do
	echo "== $p"; try run $p
done
