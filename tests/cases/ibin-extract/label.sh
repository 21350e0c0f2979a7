# label.sh - what is said of a specimen: options, a table, and what goes before what
. "$CASES/lib.sh"
make-case -m -n 3 --spacing 12 -o s
cat > meta.csv <<'END'
file,id,case,specimen,cast,taken,calibre
F001-S1.x3p,E-1,"K 7/24, 2",evidence,,2024-03-01,9 mm Luger
s/F001-S2.x3p,,,test-fire,double,2024,
elsewhere/F001-S3.x3p,E-3,,,,,
END
ibin-extract -m meta.csv --case K8 --country DEU --firearm-class pistol --calibre .45 s/*.x3p > labelled
ibin-extract -l labelled -c id,case,country,calibre,firearm_class,specimen,cast,taken
ibin-extract --id X --exhibit 'B "3"' --specimen test-fire --taken 2025-12 s/F001-S1.x3p |
	ibin-extract -l -c id,exhibit,specimen,taken,mark,source,spacing_um,spacing_from,region -o json
wants 2 ibin-extract --id X s/*.x3p
wants 2 ibin-extract --id X < /dev/null
wants 2 ibin-extract --specimen tested s/F001-S1.x3p
wants 2 ibin-extract --cast copy s/F001-S1.x3p
wants 2 ibin-extract --taken 2025-02-30 s/F001-S1.x3p
wants 2 ibin-extract --case "$(printf '%0251d' 1)" s/F001-S1.x3p
wants 2 ibin-extract --case "$(printf 'a\nb')" s/F001-S1.x3p
# a table that makes no sense stops the run before anything is written
refused() {
	printf "$1" > bad.csv
	wants 3 ibin-extract -m bad.csv s/*.x3p > out
	[ -s out ] && echo "something was written"
}
refused ''
refused 'id,case\na,b\n'
refused 'file,colour\na,b\n'
refused 'file,id,id\na,b,c\n'
refused 'file,id\na,1\na,2\n'
refused 'file,id\na\n'
refused 'file,cast\na,bronze\n'
refused 'file,id\na,"b\n'
refused "file,id\\na,$(printf '%0300d' 1)\\n"
wants 3 ibin-extract -m nosuch.csv s/*.x3p
wants 3 ibin-extract -m s s/*.x3p
