# parallel.sh - the recipe for GNU parallel: the rows of one run, also when it is killed
. "$CASES/lib.sh"
command -v parallel > /dev/null || skip "no GNU parallel"
export PARALLEL_HOME="$PWD/.parallel"
mkdir -p "$PARALLEL_HOME" && : > "$PARALLEL_HOME/will-cite"
make-case -m -f 2 -n 2 --subclass 0 --spacing 12 -o s > /dev/null
ibin-extract s/*.x3p > 'a gallery.sig'
ibin-match --all --verify 1 'a gallery.sig' > whole
match=$TOP/scripts/match-parallel

"$match" -n 3 parts --all --verify 1 'a gallery.sig' | cmp - whole
[ ! -e parts ] || echo "parts were left"

# killed when the first part is there and the second begun, and started again; what parallel runs has a group of its own
mkdir bin
cat > bin/ibin-match <<'END'
#!/bin/sh
echo "$*" >> calls
case $* in *--shard*) [ -e go ] || [ ! -e parts/part.1 ] || { echo $$ > second; exec sleep 60; } ;; esac
exec "$BUILD/ibin-match" "$@"
END
chmod +x bin/ibin-match
export BUILD
setsid sh -c 'PATH=$PWD/bin:$PATH exec "$0" "$@"' "$match" -n 3 -p -j1 parts --all --verify 1 'a gallery.sig' > killed 2>&1 &
leader=$!
while [ ! -s second ]; do sleep .1; done
kill -9 -$leader "$(cat second)"
wait 2> /dev/null
ls parts
: > calls
: > go
PATH=$PWD/bin:$PATH "$match" -n 3 -p -j1 parts --all --verify 1 'a gallery.sig' | cmp - whole
grep -c -- --shard calls

# a shard that cannot be done: nothing is printed, and the others are kept
"$match" -n 2 parts --all --no-such-option 'a gallery.sig' > rows 2> err
echo "status $?, $(wc -c < rows) bytes, $(ls parts | wc -l) parts"
