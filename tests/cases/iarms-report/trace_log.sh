# trace_log.sh - requests of the log: what each officer's country may see is counted, and no more
. "$CASES/lib.sh"
grant() { iarms-access grant "$1" --country "$2" --agency "$3" --kind "${4:-ncb}" --role writer --agreement U --to 2030-12-31 > granted; }
grant anne FRA BCN; grant karl DEU BKA; grant ida ITA NCB; grant joe USA ATF; grant ipsg XPO IPSG secretariat
as() { IARMS_USER=$1; export IARMS_USER; shift; "$@"; }
submit() {
	as "$1" iarms-trace submit to="$2" use=investigation legal_basis=law circumstances=found make="$3" serial="$4" \
		recovery_date="$5" -o tsv -c id | tail -n 1
}
one=$(submit anne DEU walther A1 2025-03-01)
two=$(submit anne DEU mauser A2 2025-04-01)
three=$(submit karl ITA beretta A3 2025-05-31)
as karl iarms-trace answer --outcome dealer --first-sale 2022-03-01 --diversion 'Shop 7' "$one" > answered
as karl iarms-trace answer --outcome not-traced --why too-old "$two" > answered
as ida iarms-trace answer --outcome purchaser --first-sale 2025-02-28 --diversion 'Shop 7' "$three" > answered
for who in anne karl ida ipsg; do
	echo "== $who"
	as $who iarms-report traces -t country
	as $who iarms-report traces -t outcome
	as $who iarms-report time-to-crime -t summary
	as $who iarms-report flows -t flows
	as $who iarms-report query --log traces --by outcome --median first_sale..recovery_date -t query
	as $who iarms-report traces | grep '^about,source'
done
echo "== who keeps the folder"
(unset IARMS_USER; wants 5 iarms-report traces -t country 2> said)
as anne iarms-trace export > rows.csv
as anne iarms-report time-to-crime -t bands > log
as anne iarms-report time-to-crime -t bands rows.csv | cmp - log
echo "== forwarded: the source is where the furthest of them was traced, as far as it may be seen"
four=$(submit anne DEU walther A4 2025-06-01)
five=$(as karl iarms-trace forward --to ITA "$four" -o tsv -c id | tail -n 1)
six=$(as ida iarms-trace forward --to USA "$five" -o tsv -c id | tail -n 1)
as joe iarms-trace answer --outcome dealer "$six" > answered
flows() { for who in anne karl ida joe; do echo "$who"; as $who iarms-report flows -t flows -c source,recovered,firearms | sed 1d; done; }
flows
as ida iarms-trace answer --outcome dealer --gather "$five" > answered
as karl iarms-trace answer --outcome exporting-state --gather "$four" > answered
echo "answered back"
flows
as karl iarms-report query --log traces -w outcome=exporting-state --by source -t query -c source,count
as karl iarms-report links -t routes
echo "of a file"
as anne iarms-trace export > rows.csv
as anne iarms-report flows -t flows -c source,recovered,firearms rows.csv
