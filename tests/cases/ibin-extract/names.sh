# names.sh - names with spaces, newlines, leading dashes; what becomes of them as an id
. "$CASES/lib.sh"
make-case -m -n 1 --spacing 12 -o made
scan=made/F001-S1.x3p
mkdir 'a folder'
cp $scan 'a folder/two words.x3p'
cp $scan './-r.x3p'
cp $scan 'two
lines.x3p'
cp $scan .hidden
cp $scan noending
cp $scan 'many.dots.x3p'
cp $scan "$(printf 'gr\303\274n "x", 1.x3p')"
long=$(printf '%0240d' 1)
cp $scan "$long.x3p"
rm -r made
find . -type f -print0 | sort -z > ../names
ibin-extract -0 < ../names > all
ibin-extract -l all -c id -o json
ibin-extract -- -r.x3p | ibin-extract -l -c id
echo -r.x3p | ibin-extract | ibin-extract -l -c id
echo 'a folder/two words.x3p' | ibin-extract | ibin-extract -l -c id
# a name of a line of its own is two names
find . -name 'two?*' -type f > ../names
wants 3 ibin-extract < ../names > none
