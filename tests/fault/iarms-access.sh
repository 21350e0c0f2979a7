# iarms-access.sh - a grant, a revocation, a list and the trail, with any call failing
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
grant() {
	iarms-access grant "$1" -d before --country FRA --agency BCN --kind ncb --role reader --agreement UA-1 \
		--to 2026-12-31
}
mkdir -m 700 before
grant old && grant older
lines=$(wc -l < before/audit.csv)
# shellcheck disable=SC2317  # they are called by the runner
reset() {
	rm -rf data
	cp -a before data
}
# The trail is whole and agrees with the rights; what was said to be done is done; an answer has its line.
# shellcheck disable=SC2317
intact() {
	iarms-access audit --verify -d data -o tsv > verified 2>&1 || cat verified
	[ "$1" -ne 0 ] || [ -z "$done" ] || grep -q "$done" data/rights.csv || echo "said to be done, and is not"
	[ "$(wc -l < data/audit.csv)" -gt $((lines + 1)) ] || [ ! -s .fault/out ] || echo "an answer without a line"
	[ "$(cd data && echo *)" = 'audit.csv audit.head rights.csv' ] || ls data
}
done=',new,'
faults -- iarms-access grant new -d data --country FRA --agency BCN --kind ncb --role reader --agreement UA-1 \
	--to 2026-12-31
done=',old,.*,none,'
faults -- iarms-access revoke old -d data
done=
faults -- iarms-access list -d data --all
faults malloc write read close truncate lock -- iarms-access check read old -d data -o table
faults malloc read open close -- iarms-access audit -d data -c n,action,outcome
faults malloc read open close -- iarms-access audit -d data --verify -c lines,breaks,rights
