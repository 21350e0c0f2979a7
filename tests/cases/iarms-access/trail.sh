# trail.sh - the audit trail: read, filtered, verified, walked with b2sum, and damaged
. "$CASES/lib.sh"
iarms-access grant chief --country FRA --agency 'BCN, "Paris"' --kind ncb --role approver --agreement UA-1 \
	--to 2026-12-31 -p 'set-up, first day'
IARMS_USER=chief iarms-access check read > check
IARMS_USER=stranger iarms-access audit 2>&1 | owner
iarms-access audit -c n,time,officer,country,agency,via,purpose,action,what,of,count,outcome | owner
echo "filters"
iarms-access audit --officer chief -c n,action
iarms-access audit --action grant -c n,outcome
iarms-access audit --outcome refused -c n,officer
iarms-access audit --until 2025 -c n; echo "status $?"
iarms-access audit --since 2026-01-01 --until 2026-01-01T00:00:00Z --country FRA -c n
echo "the chain, by hand"
cd .iarms || exit
for i in 2 3 4 5 6 7 8 9 10; do
	above=$(sed -n "$((i - 1))p" audit.csv | tr -d '\n' | b2sum -l 256 | cut -d ' ' -f 1)
	[ "$(sed -n "${i}p" audit.csv | sed 's/.*,//')" = "$above" ] || echo "line $i"
done
echo "whole"
try iarms-access audit --verify -c lines,breaks,rights,rights_added,rights_missing,first
last=$(iarms-access audit --verify -o tsv -c last,hash | tail -n 1 | tr '\t' :)
try iarms-access audit --verify --expect "$last" -c breaks
cp -r . ../copy
echo "a line changed"
sed -i '4s/chief/cheat/' audit.csv
try iarms-access audit --verify -c breaks,first 2>&1
cp ../copy/* .
echo "the end cut off, then written on"
sed -i '$d' audit.csv
try iarms-access audit --verify -c breaks,first 2>&1
iarms-access check read > /dev/null
try iarms-access audit --verify -c breaks 2> /dev/null
cp ../copy/* .
echo "both cut off: only a line noted elsewhere tells"
sed -i '12,$d' audit.csv
rm audit.head
iarms-access check read > /dev/null
try iarms-access audit --verify -c breaks
try iarms-access audit --verify --expect "$last" -c breaks,first 2>&1
cp ../copy/* .
echo "a right written by hand, and one taken away"
sed 's/,chief,/,crook,/;1d' rights.csv >> rights.csv
try iarms-access audit --verify -c breaks,rights_added,rights_missing 2>&1 | owner
sed -i '2,$d' rights.csv
try iarms-access audit --verify -c breaks,rights_added,rights_missing 2>&1 | owner
echo "a damaged rights file lets nobody in"
echo nonsense >> rights.csv
try iarms-access list 2>&1 | sed 's/: .*rights/: ...rights/'
