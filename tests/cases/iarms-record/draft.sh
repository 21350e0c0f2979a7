# draft.sh - what was never more than a draft stays its country's own affair, however it ends: records and requests
. "$CASES/lib.sh"
exec 3>&2 2> said
trap 'ids < said >&3' EXIT
export IARMS_DIR="$PWD/data"
at() { SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s) && export SOURCE_DATE_EPOCH; }
for_whom() { IARMS_USER=$1; export IARMS_USER; }
at 2024-01-10
mkdir -m 700 data
for who in fra:FRA deu:DEU; do
	iarms-access grant "${who%:*}" --country "${who#*:}" --agency A --kind ncb --role approver --agreement U --to 2028-01-01 > told
done
printf 'what,months\nexpired,6\nstolen,3\n' > data/retention.csv
draft() { iarms-record add --draft owner=FRA category=stolen type=pistol make=FN serial="$1" remarks=SECRET -o tsv -c id | tail -n 1; }
for_whom fra
cancelled=$(draft A1) expired=$(draft A2) reviewed=$(draft A3) active=$(draft A4)
withdrawn=$(iarms-trace submit --draft --to DEU --use u --legal-basis l --circumstances SECRET serial=A1 -o tsv -c id | tail -n 1)
iarms-record cancel -r 'was in the cupboard' "$cancelled" -c status,only
iarms-record update "$active" remarks= > told
iarms-record update --activate "$active" -c status,only
iarms-trace withdraw "$withdrawn" -c state
at 2024-06-01
iarms-record purge -c status,fate
for_whom fra
iarms-record review --done "$reviewed" -c status,only
iarms-record list -a -c status,only,serial,remarks
iarms-trace list -c state,circumstances
for_whom deu
echo "== what another country sees"
iarms-record list -a -c status,serial,remarks
iarms-record history "$active" -c revision,status,changed
iarms-record export -H -c revision,status,remarks
wants 1 iarms-record search serial=A2 -c status
wants 1 iarms-record show -c status "$expired"
iarms-report query --by status -t query
iarms-trace list -c state,circumstances
wants 1 iarms-trace monitor -c state
wants 1 iarms-trace show -H -c state "$withdrawn"
wants 1 iarms-trace comment -m m -c state "$withdrawn"
wants 1 iarms-trace suggest serial=A1 -c state
iarms-report traces -t state
