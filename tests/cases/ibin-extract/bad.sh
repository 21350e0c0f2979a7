# bad.sh - what is no scan of a cartridge case is named and passed over; the rest is done
# status: 3
. "$CASES/lib.sh"
make-case -m -n 1 --spacing 12 -o s > /dev/null
make-case -k photo-ring --spacing 5.2 --width 1296 --height 972 -n 1 -o p > /dev/null
corpus=$TOP/tests/fuzz/corpus
cp s/F001-S1.x3p scan
cp p/F001-S1.jpg photo
mkdir bad
: > bad/empty
echo 'a,b' > bad/text
head -c 3000 /dev/zero > bad/zeros
for part in 1 9; do
	head -c $(($(wc -c < scan) * part / 10)) scan > bad/scan-$part
	head -c $(($(wc -c < photo) * part / 10)) photo > bad/photo-$part
done
cp "$corpus/jpeg/cmyk" bad/cmyk
cp "$corpus/jpeg/grey" bad/tiny-picture
cp "$corpus/x3p/usual" bad/tiny-scan
# 65500 x 65500 points are declared: the frame's header is FFC0, length, precision, height, width
at=$(LC_ALL=C grep -obUaP '\xff\xc0\x00' photo | head -n 1 | cut -d: -f1)
{ head -c $((at + 5)) photo; printf '\377\334\377\334'; tail -c +$((at + 10)) photo; } > bad/absurd
mkdir bad/folder
ln -s nowhere bad/dangling
ibin-extract scan bad/* nosuch photo > out
status=$?
ibin-extract -l out -c id
if [ "$(id -u)" -ne 0 ]; then
	chmod 0 scan
	wants 3 ibin-extract scan 2> message > /dev/null
	grep -q 'scan: Permission denied' message || cat message
fi
exit $status
