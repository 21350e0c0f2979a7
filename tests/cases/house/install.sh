# install.sh - make install below a folder with a blank in its name, and make uninstall: nothing is left
. "$CASES/lib.sh"
umask 077   # what is installed can be read by all the same
into="$PWD/a root"
make -s -C "$TOP" BUILD="$BUILD" DESTDIR="$into" PREFIX=/opt/ibin install > log 2>&1 || { cat log; exit 1; }
(cd "$into" && find . -type f | sed 's|^\./opt/ibin/||') | sort > got
for c in "$TOP"/cmd/*.c; do
	[ -e "$c" ] || continue
	p=$(basename "$c" .c)
	echo "bin/$p"
	echo "share/bash-completion/completions/$p"
done > want
for m in "$TOP"/man/*.[1-9]; do
	[ -e "$m" ] && echo "share/man/man${m##*.}/${m##*/}"
done >> want
for t in "$TOP"/po/*.po; do
	echo "share/locale/$(basename "$t" .po)/LC_MESSAGES/iarms-report.mo"
done >> want
printf '%s\n' share/iarms/monthly-report share/ibin/match-parallel share/ibin/match-shard share/ibin/match-slurm >> want
sort -o want want
diff want got
find "$into" -type f ! -perm 644 ! -perm 755
find "$into/opt/ibin/bin" -type f ! -perm 755
for p in "$into"/opt/ibin/bin/*; do
	[ -e "$p" ] || continue
	"$p" --version > /dev/null || echo "$p does not run where it is installed"
done
make -s -C "$TOP" BUILD="$BUILD" DESTDIR="$into" PREFIX=/opt/ibin uninstall
find "$into" -type f
# without DESTDIR, into a PREFIX
make -s -C "$TOP" BUILD="$BUILD" PREFIX="$PWD/prefix" install > log 2>&1 || cat log
make -s -C "$TOP" BUILD="$BUILD" PREFIX="$PWD/prefix" uninstall
find "$PWD/prefix" -type f
