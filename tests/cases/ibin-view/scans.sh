# scans.sh - drawn from the originals where they are to be had; where not, that is said
. "$CASES/lib.sh"
make-case -m -f 2 -n 2 -o scans > /dev/null
rm scans/*.csv
ibin-extract scans/*.x3p > gallery.sig
view() { ibin-view -g gallery.sig -c probe,candidate,drawn_from "$@" 2>&1; }
echo "== from the scans, which are not the signatures"
view -S scans -o one F001-S1 F001-S2
view -o two F001-S1 F001-S2
cmp -s one/001-F001-S1-F001-S2.png two/001-F001-S1-F001-S2.png && echo "the same picture"
echo "== the same for any number of threads"
ibin-match --all gallery.sig > rows.csv
ibin-view -e -j 1 -g gallery.sig -S scans -o j1 < rows.csv > /dev/null
ibin-view -e -j 3 -g gallery.sig -S scans -o j3 < rows.csv > /dev/null
diff -r j1 j3
echo "== the original is gone: said once, and no error"
mkdir some
cp scans/F001-S1.x3p scans/F002-S*.x3p some
view -S some -o one < rows.csv | sort
echo "== another file has its name, a damaged one, and the right one in a folder within"
cp scans/F002-S1.x3p some/F001-S2.x3p
wants 3 view -S some -o one F001-S1 F001-S2 | sed 's/by 0\.[0-9]*/by C/'
head -c 1000 scans/F001-S2.x3p > some/F001-S2.x3p
wants 3 view -S some -o one F001-S1 F001-S2 | sed 's/x3p: .*/x3p: .../'
mkdir some/within
cp scans/F001-S2.x3p some/within
view -S some -o one F001-S1 F001-S2
echo "== what a person said when it was taken is found again"
ibin-extract --mirror --id F001-S2 scans/F001-S2.x3p > said.sig
ibin-extract scans/F001-S1.x3p >> said.sig
ibin-view -g said.sig -S scans -o one -c drawn_from F001-S1 F001-S2
echo "== lands"
make-bullet -s 4 -n 2 -l 4 --noise 0.6 --height 200 -o lands > /dev/null
cut -d, -f1,2,5,7,8 lands/truth.csv > labels.csv
ibin-extract --mark land -m labels.csv lands/*.x3p > lands.sig
ibin-view -g lands.sig -S lands -o one -c drawn_from B001-S1-L1 B001-S2-L1
ibin-view -g lands.sig -S lands -o one -c drawn_from B001-S1 B001-S2
rm lands/B001-S2-L1.x3p
ibin-view -g lands.sig -S lands -o one -c drawn_from B001-S1-L1 B001-S2-L1 2>&1
echo "== folders"
wants 3 view -S nowhere -o one F001-S1 F001-S2
wants 3 view -S rows.csv -o one F001-S1 F001-S2
echo "== an ejector mark that a person showed in a photograph"
make-case -s 41 -f 1 -n 2 --spacing 7 --width 1296 --height 1296 -k photo-ring --masks -o photos > /dev/null
for shot in S1 S2; do
	ibin-extract --mark ejector -r photos/F001-${shot}_EJ.png photos/F001-$shot.jpg > photos/F001-$shot.sig
done
cat photos/*.sig > photos.sig
ibin-view -g photos.sig -S photos -o one -c mark,drawn_from F001-S1 F001-S2
echo "== of files of that name the reason is that of the scan"
cp some/F001-S1.x3p photos/F001-S1.jpg
wants 3 ibin-view -g photos.sig -S photos -o one -c mark,drawn_from F001-S1 F001-S2 2>&1
echo "== all marks of an exhibit"
make-case -s 7 -f 1 -n 2 -o whole > /dev/null
rm whole/*.csv
printf 'file,exhibit\nF001-S1.x3p,E1\nF001-S2.x3p,E2\n' > exhibits.csv
ibin-extract --mark all -m exhibits.csv whole/*.x3p > whole.sig
ibin-match --all --by exhibit whole.sig | ibin-view -e -g whole.sig -S whole -o all -c probe,candidate,mark,drawn_from,picture
(cd all && echo *.html)
