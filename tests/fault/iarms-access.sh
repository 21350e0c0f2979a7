# iarms-access.sh - a grant, a list and a check: what was granted is on record, whole, or was not granted
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
IARMS_DIR=$PWD/data
export IARMS_DIR
grant() {
	iarms-access grant "$1" --country FRA --agency 'BCN Paris' --kind ncb --role approver --agreement UA-1 \
		--to 2026-12-31
}
grant chief || echo "cannot prepare"
cp -a data before
reset() {
	rm -rf data
	cp -a before data
}
# Both files can be read, the trail verifies, and a grant that was acknowledged is there.
intact() {
	iarms-access audit --verify > verified 2>&1 || { echo "the trail does not verify:"; cat verified; }
	iarms-access list -c officer > listed 2>&1 || { echo "cannot be listed:"; cat listed; }
	grep -qx chief listed || echo "an old grant is lost"
	[ "$1" -ne 0 ] || [ -z "$granting" ] || grep -qx second listed || echo "an acknowledged grant is lost"
}
# glibc looks up names of users and crashes without memory (nss_database.c), libsodium ends the process
# when it gets no random numbers
from=program
kinds='malloc write read open close sync rename truncate map lock thread'
granting=yes
faults -- iarms-access grant second --country FRA --agency 'BCN Paris' --kind ncb --role approver \
	--agreement UA-2 --to 2026-12-31
granting=
faults -- iarms-access list -o table
faults malloc write read open -- iarms-access check audit
faults malloc write read open -- iarms-access audit -o json
