# readme.sh - the pipes that the README and ibin(7) show do what they say
. "$CASES/lib.sh"
make-case -m --seed 3 --firearms 2 --shots 2 --spacing 9 --output scans > made || cat made
make-case --seed 3 --firearms 1 --shots 1 --first 3 --kind photo-ring --width 900 --height 900 --spacing 7 \
	--output scene > made || cat made
mv scene/F001-S3.jpg evidence.jpg
cp -r scans cases
awk -F, -v OFS=, 'NR == 1 { print "file", "exhibit" } NR > 1 { print $1, "E" NR }' scans/truth.csv > cases.csv
make-bullet -s 3 --height 200 -l 4 -n 2 --noise 0.6 -o lands > made || cat made
cut -d, -f1,2,5,7,8 lands/truth.csv > lands.csv
ibin-extract scans/F00?-S1.x3p > one.sig
ibin-extract scans/F00?-S2.x3p > two.sig
cp one.sig fr.sig
cp two.sig de.sig
# the commands of an indented block, and those behind a prompt
sed -n '/can be put in a pipe:/,/^##/s/^    //p' "$TOP/README.md" > commands
sed -n 's/^\$ //p' "$TOP/man/ibin.7" >> commands
[ "$(wc -l < commands)" -ge 8 ] || { echo "where are the commands?"; cat commands; }
while read -r c; do
	sh -c "$c" > out 2> err < /dev/null || { echo "status $?: $c"; cat err; }
	case $c in
	*' > '*.sig | *' > '*.csv | *pictures*) ;;
	*) [ "$(wc -l < out)" -ge 2 ] || { echo "says nothing: $c"; cat out; } ;;
	esac
done < commands
[ "$(find pictures -name '*.png' | wc -l)" -eq 3 ] || { echo "pictures of two pairs and two bullets:"; ls pictures; }
# what the README names is there
grep -oE '`(man|tests|scripts|common|cmd)/[^` ]+`' "$TOP/README.md" | tr -d '`' | sort -u | while read -r f; do
	[ -e "$TOP/$f" ] || echo "the README names $f, which is not there"
done
