# bench.sh - the benchmarks of searches run to their end and print what they say they do
. "$CASES/lib.sh"
case $BUILD in
*-san*) skip "benchmarks are not measured with sanitizers" ;;
esac
unset IBIN_DATA
wants 2 "$TOP/scripts/bench" -s '10 x' "$BUILD" 2> /dev/null
wants 2 "$TOP/scripts/bench" -k pin "$BUILD" 2> /dev/null
wants 2 "$TOP/scripts/bench-all" -k land -s 10 "$BUILD" 2> /dev/null
# each row has three fields, and its last is a number
"$TOP/scripts/bench" -l -s 20 -m 1 -b 1 -r 1 "$BUILD" > rows 2> said
awk -F, 'NR > 1 && (NF != 3 || $1 != 20 || $3 !~ /^[0-9.]+$/)' rows
cut -d, -f 2 rows | grep -E '^(what|cat|making|extending|one probe|batch)|recall of the search at 10$|1% above|probes with'
# a sample of all pairs, killed and taken up again: what there is is not done again
"$TOP/scripts/bench-all" -s 20 -n 1 -b 1 -p 4 -d folder "$BUILD" > rows 2> said
awk -F, 'NR > 1 && (NF != 2 || $2 !~ /^[0-9.]+$/)' rows
grep -v '^s a probe' rows > first
grep -E ': (probes|pairs|mates with lr of 1 )' rows
rm folder/probes/half/1.full
touch folder/kept
"$TOP/scripts/bench-all" -s 20 -n 1 -b 1 -p 4 -d folder "$BUILD" 2> said | grep -v '^s a probe' | cmp first -
find folder/probes -newer folder/kept -name '*.full'
wants 2 "$TOP/scripts/bench-all" -s 30 -n 1 -b 1 -p 4 -d folder "$BUILD"
