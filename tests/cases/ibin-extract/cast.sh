# cast.sh - a single cast matches its original only when it is turned over, whoever says that it is one
. "$CASES/lib.sh"
make-case -m -n 1 --spacing 9 -o original
make-case -m -n 1 --first 2 --spacing 9 --single-cast -o cast
ibin-extract original/F001-S1.x3p > original.sig
ibin-extract cast/F001-S2.x3p > as-is.sig
ibin-extract --cast single cast/F001-S2.x3p > turned.sig
ibin-extract --cast double cast/F001-S2.x3p > double.sig
printf 'file,cast\nF001-S2.x3p,single\n' > meta.csv
ibin-extract -m meta.csv cast/F001-S2.x3p | cmp turned.sig -
# a table that does not say leaves it to the option
printf 'file,cast\nF001-S2.x3p,\n' > meta.csv
ibin-extract -m meta.csv --cast single cast/F001-S2.x3p | cmp turned.sig -
for probe in as-is turned double; do
	echo "$probe: $(ibin-match -p $probe.sig original.sig -c score,cells |
		awk -F, 'NR == 2 { print ($1 > 30 ? "alike" : $1 < 10 ? "not alike" : $1) }')"
done
