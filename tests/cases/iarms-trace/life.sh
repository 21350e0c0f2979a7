# life.sh - two countries, four officers, the secretariat and a stranger: who may do what, and who sees what
. "$CASES/lib.sh"
grant() { iarms-access grant "$1" --country "$2" --agency "$3" --kind "${5:-ncb}" --role "$4" --agreement U --to 2030-12-31 > granted; }
grant anne FRA BCN writer; grant paul FRA BCN reader
grant karl DEU BKA writer; grant jana DEU BKA writer
grant ipsg XPO IPSG reader secretariat; grant john USA ATF writer; grant root2 FRA BCN administrator
as() { IARMS_USER=$1; export IARMS_USER; shift; "$@"; got=$?; [ $got -eq 0 ] || echo "status $got"; }
t() { who=$1; shift; as "$who" iarms-trace "$@" 2>&1 | sed "s/$id/ID/g; s/$next/NEXT/g"; }
next=none id=none
asked='to=DEU use=investigation legal_basis=law circumstances=found make=Walther model=PPK serial=123456 made_year=1970'

echo "== submit"
# shellcheck disable=SC2086  # they are words
t paul submit $asked
t anne submit $asked from=USA -c id
id=$(IARMS_USER=anne iarms-trace submit $asked -o tsv -c id | tail -n 1)
t anne show "$id" -c from,to,agency,state,due,by
echo "== who sees it"
for who in anne paul karl jana ipsg john root2; do
	echo "-- $who"
	t $who list -c id,from,to,state,make,use
	t $who show "$id" -c state,serial
done
echo "== moves that are not theirs"
t anne acknowledge "$id"
t karl withdraw "$id"
t ipsg comment -m hello "$id"
t john answer --outcome dealer "$id"
t paul withdraw "$id"
echo "== a life"
t karl acknowledge "$id" -c id,state,acknowledged
t jana ask -m 'which barrel?' "$id" -c id,state,asked
t anne supply -m 'a long one' "$id" model=PP -c id,state,model,asked
t karl restrict --why ongoing-investigation --until 2026-06-01 "$id" -c id,state,due,held
t karl forward -t USA "$id" -c id,state,next > forwarded
next=$(tail -n 1 forwarded | cut -d, -f1)
t karl show "$id" -c id,state,next,children
t anne show "$id" -c id,state,next,children
t anne show "$next"
t john show "$next" -c id,from,parent,serial,use
t john answer --outcome dealer -s '1971-03|Interarms|Gun Shop|sale|F 6' -s '1970|Walther|Interarms' -r 'not as evidence' \
	"$next" -c id,state
t karl answer --outcome exporting-state -g -s '1970-02|Walther|Interarm|export' "$id" -c id,state,restrictions
t anne show --chain "$id"
t karl show --tree "$id" -c tree,state,outcome
t anne show --tree "$id" -c tree,state,outcome
t jana answer --outcome dealer "$id"
t jana answer --correct --outcome importer "$id" -c outcome,restrictions
t anne close "$id" -c state
t karl comment -m 'thank you' "$id" -c state,text
echo "== what each has missed"
t anne monitor -c at,event,actor,by,state
t anne monitor
t paul monitor -c event | tail -n 2
t karl monitor -c event,by
t ipsg monitor -c event,actor,text | tail -n 3
t john monitor
echo "== notices"
t anne notices -c kind,actor,to,state
t john notices -c kind,actor,to,state
t anne notices --acknowledge "$id.t2.FRA" -c id,state
t karl notices --acknowledge "$id.t2.FRA" -c id,state
echo "== the trail is whole, and knows who asked"
unset IARMS_USER
iarms-access audit --verify > verified || cat verified
iarms-access audit -o tsv -c officer,action,outcome | grep -c refused
