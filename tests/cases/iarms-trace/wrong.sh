# wrong.sh - bad input: all of it in one message, and nothing half done
. "$CASES/lib.sh"
t() { iarms-trace "$@" -c id,state; echo "status $?"; }
good='use=u legal_basis=l circumstances=c make=Colt serial=1234'
echo "== submit"
t submit --as FRA < /dev/null
t submit --as FRA --priority urgent serial_state=none
# shellcheck disable=SC2086  # they are words
{
t submit --as FRA --to Atlantis $good
t submit --as FRA --to FRA $good
t submit --as FRA --to DEU $good made_year=1990 recovery_date=1989-05
t submit --as FRA --to DEU $good record=FRA26-EPH8-0V40
t submit --as FRA --to DEU $good to=DEU
t submit --as FRA --to DEU $good state=closed
t submit --as FRA --to DEU $good colour=red
t submit --as Mars --to DEU $good
}
echo "== rows: one is wrong, none is sent"
printf 'to,make,serial,made_year,recovery_date\nDEU,Colt,1,,\nFRA,Colt,2,,\nDEU,,,,\nITA,Colt,3,1990,1989\nITA,Colt\n' > rows.csv
t submit --as FRA --use u --legal-basis l --circumstances c < rows.csv
iarms-trace list | wc -l
echo "== unless it is left out"
t submit -k --as FRA --use u --legal-basis l --circumstances c < rows.csv | sed 's/^FRA26-[^,]*/ID/'
echo "== tables of another kind"
printf 'a,b\n1,2\n' | t submit --as FRA
printf 'notice,state\n1,2\n' | t submit --as FRA
iarms-trace list | t submit --as FRA
printf 'to,to\nDEU,DEU\n' | t submit --as FRA
printf 'to,make\nDEU,"Colt\n' | t submit --as FRA
printf '\377\376to\n' | t submit --as FRA
echo "== moves"
id=$(iarms-trace list -o tsv -c id | tail -n 1)
t answer --as DEU "$id" 2>&1 | sed "s/$id/ID/"
t answer --outcome not-traced "$id"
t answer --outcome dealer --why too-old "$id"
t answer --outcome dealer -s '1|2|3|4|5|6' -s '1970-13|a' -s '1970' --first-sale 2031 --next Atlantis "$id" 2>&1 | sed "s/$id/ID/"
t refuse "$id"; t ask "$id"; t restrict "$id"; t forward "$id"; t supply "$id"
t acknowledge FRA26-EPH8-0V40
t acknowledge FRA26-EPH8-0V41
t acknowledge x=y
echo "== questions"
t list --state late
t list make=
t list nothing=1
t list --incoming
t show --tree --chain "$id"
t monitor --since yesterday
t overdue
t suggest make=Colt
t suggest serial=no-such-9
