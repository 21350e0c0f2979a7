# runner.sh - the runner itself: what passes, fails, is skipped, is rewritten; none at all
. "$CASES/lib.sh"
mkdir -p top/tests/cases/a top/build "top/cmd"
cp "$CASES/run" top/tests/cases/run
cd top || exit 4
run() { tests/cases/run "$@" 2>&1 | sed 's/^+++ .*/+++/; s/^--- .*/---/' | sort; }
c=tests/cases/a

echo "== none"; wants 3 tests/cases/run build
printf 'echo one; echo two >&2; exit 3\n# status: 3\n' > $c/good.sh
echo one > $c/good.out; echo two > $c/good.err
printf 'echo "no luck"; exit 77\n' > $c/skipped.sh
echo "== good and skipped"; run build
printf 'echo wrong\n' > $c/output.sh; echo right > $c/output.out
printf 'echo noise >&2\n' > $c/noise.sh
printf 'exit 5\n' > $c/status.sh
printf 'sleep 30\n# timeout: 1\n' > $c/slow.sh
printf 'echo "x.c:1: runtime error: y" >&2\n' > $c/sanitizer.sh
echo "x.c:1: runtime error: y" > $c/sanitizer.err
echo "== bad"; run build
wants 1 tests/cases/run build a/status > /dev/null
echo "== one of them"; run build 'a/g*'
echo "== a folder of them"; run build a | tail -n 1
rm $c/slow.sh $c/status.sh $c/sanitizer.*
echo "== rewritten"; run --rewrite build
cat $c/output.out $c/noise.err
wants 0 tests/cases/run build
printf 'int main(void) { return 0; }\n' > cmd/thing.c
mkdir tests/cases/every
# shellcheck disable=SC2016
printf 'echo "$PROGRAM" > name; grep -qx thing name && ls -A\n' > tests/cases/every/name.sh
echo name > tests/cases/every/name.out
echo "== every program"; run build 'thing/*'
