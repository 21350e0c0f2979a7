# choose.sh - how many candidates, which, and what is printed of them
. "$CASES/lib.sh"
make-case -m -f 2 -n 2 --subclass 0 --spacing 12 -o s > /dev/null
printf 'file,calibre,country\nF001-S1.x3p,9 mm Luger,DEU\nF001-S2.x3p,9x19,FRA\nF002-S1.x3p,.45 ACP,FRA\n' > meta.csv
ibin-extract -m meta.csv s/*.x3p > all.sig
ibin-extract s/F001-S1.x3p > probe.sig   # without labels: another content
rows() {
	echo "$*:"
	ibin-match "$@" -c probe,candidate,rank < probe.sig
	[ $? -eq 0 ] || echo "status is not 0"
}
rows all.sig
rows -n 1 all.sig
rows -n 0 all.sig
rows --min-score 30 all.sig
rows --min-lr 10 all.sig
rows -w calibre='9*' all.sig
rows -w country=FRA -w 'calibre=*ACP' all.sig
rows -w id='F00[12]-S2' all.sig
rows -w country= all.sig
ibin-match -a -n 1 all.sig -c rank,probe -o tsv
ibin-match -a -n 1 all.sig -c probe,rank -o table
ibin-match -n 1 all.sig -c mark,rank,candidate -o json < probe.sig
# nothing to print is an answer
{
	wants 1 ibin-match --min-score 100 all.sig < probe.sig
	wants 1 ibin-match -w id=nobody all.sig < probe.sig
	wants 1 ibin-match --all probe.sig
	wants 1 ibin-match --all all.sig -w id=F001-S1
	wants 1 ibin-match probe.sig < probe.sig
	ibin-extract < /dev/null > none
	wants 1 ibin-match none < probe.sig
	wants 1 ibin-match all.sig < none
} | grep -v ^probe,candidate,mark
# what is no choice
wants 2 ibin-match < probe.sig
wants 2 ibin-match -c colour all.sig < probe.sig 2>&1 | cut -c 1-70
wants 2 ibin-match -c rank,rank all.sig < probe.sig
wants 2 ibin-match -w colour=red all.sig < probe.sig 2>&1 | cut -c 1-70
wants 2 ibin-match -w id all.sig < probe.sig 2>&1 | cut -c 1-70
wants 2 ibin-match -n -1 all.sig < probe.sig
wants 2 ibin-match --min-score much all.sig < probe.sig
wants 2 ibin-match -j 0x2 all.sig < probe.sig
wants 2 ibin-match --all -p probe.sig all.sig
wants 2 ibin-match - < probe.sig
wants 2 ibin-match - -p - < probe.sig
wants 2 ibin-match - - -p probe.sig < probe.sig
