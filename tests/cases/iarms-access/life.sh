# life.sh - a fresh folder, the first approver, a writer, a revocation; who may do what at each step
. "$CASES/lib.sh"
grant() { iarms-access grant "$1" --country "$2" --agency "$3" --kind "$4" --role "$5" --agreement "$6" --to 2026-12-31; }
may() {
	who=$1
	shift
	IARMS_USER=$who iarms-access check "$@" -c answer,reason | tail -n 1
}

echo "one person, no set-up"
iarms-access check update --country FRA -c answer
echo "a non-NCB officer is for the NCB to approve"
grant clerk FRA Douane customs writer UA-2 2>&1; echo "status $?"
grant chief FRA 'BCN Paris' ncb approver UA-1
echo "the owner keeps the folder, and does not write without a grant"
try iarms-access check update --country FRA -c answer
try iarms-access check audit -c answer
echo "nobody but him acts for others"
IARMS_USER=chief grant clerk FRA Douane customs writer UA-2
IARMS_USER=chief grant clerk2 DEU Zoll customs writer UA-3 2>&1; echo "status $?"
IARMS_USER=clerk grant friend FRA Douane customs writer UA-2 2>&1; echo "status $?"
echo "what the writer may"
may clerk update --country FRA
may clerk update --country DEU
may clerk locate --country DEU
may clerk read --country DEU --exclude 'ITA FRA'
may clerk read --country DEU --class confidential
may clerk grant
may nobody read
echo "expiry"
SOURCE_DATE_EPOCH=1798761600 may clerk update --country FRA
echo "revoked"
IARMS_USER=chief try iarms-access revoke clerk
may clerk update --country FRA
IARMS_USER=chief iarms-access revoke clerk; echo "status $?"
iarms-access list --all -o tsv -c officer,country,role,approved_by,state | owner
echo "who sees whom"
IARMS_USER=clerk iarms-access list -c officer
IARMS_USER=nobody iarms-access list -c officer; echo "status $?"
