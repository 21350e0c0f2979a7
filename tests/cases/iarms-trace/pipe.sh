# pipe.sh - the pipes of the man page: records searched, asked for, shown; listed, acknowledged; on paper
. "$CASES/lib.sh"
for i in 1 2 3; do
	iarms-record add owner=FRA category=stolen type=pistol make=Beretta model=92 calibre=9mm "serial=ABC${i}23" -c id > added
done
sed -n '/^iarms-record search/,/^\.Ed/p' "$TOP/man/iarms-trace.1" | sed '/^\.Ed/d; s/\\e$/\\/' > example
[ "$(grep -c . example)" -ge 4 ] || { echo "where is the example?"; cat example; }
sh example > shown || echo "status $?"
cut -d, -f2,3,15,16,18,33,34,35,36,37 shown
iarms-trace list --as DEU --incoming --state submitted | head -n 3 | iarms-trace acknowledge --as DEU -c state,revision
echo "the same again: both are told"
iarms-trace list --as DEU --incoming --state acknowledged -c id | iarms-trace acknowledge --as DEU -c state 2> err || echo "status $?"
sed 's/[A-Z0-9]*-[A-Z0-9]*-[A-Z0-9]*/ID/' err | owner
echo "on paper"
iarms-trace list to=DEU | iarms-trace show | iarms-form > forms.pdf || echo "status $?"
head -c 5 forms.pdf; echo
iarms-trace export to=ITA | iarms-form > none.pdf; echo "status $?, $(wc -c < none.pdf) bytes"
echo "nothing found, nothing asked"
iarms-record search serial=XYZ | iarms-trace submit --to DEU --use u --legal-basis l --circumstances c -c id; echo "status $?"
