# fonts.sh - where no font is to be had, that is said, and no picture without words is written
. "$CASES/lib.sh"
make-case -m -f 1 -n 2 -o scans > /dev/null
ibin-extract scans/*.x3p > gallery.sig
echo '<?xml version="1.0"?><fontconfig><cachedir>cache</cachedir></fontconfig>' > none.conf
FONTCONFIG_FILE=$PWD/none.conf wants 4 ibin-view -g gallery.sig -o out F001-S1 F001-S2
find out -type f
