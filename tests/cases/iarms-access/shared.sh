# shared.sh - a shared machine: real users who try to get round the guard
# timeout: 300
# Runs as root, makes users and a group of its own, and takes them away again.
. "$CASES/lib.sh"
[ "$(id -u)" -eq 0 ] || skip "needs root, to make users"
for tool in useradd userdel groupadd groupdel runuser setpriv pgrep; do
	command -v $tool > /dev/null || skip "no $tool here"
done
grep -q nosuid /proc/mounts && findmnt -no OPTIONS -T "${TMPDIR:-/tmp}" 2> /dev/null | grep -q nosuid &&
	skip "the temporary folder is mounted nosuid"

grep -q __asan_init "$BUILD/iarms-access" && skip "sanitizers do not work in a process that may not be traced"

tag=iat$$
svc=${tag}s chief=${tag}c clerk=${tag}k thief=${tag}t
top=$(mktemp -d /tmp/iarms-shared.XXXXXX) || exit 4
chmod 755 "$top"
clean() {
	for u in $svc $chief $clerk $thief; do
		userdel $u 2> /dev/null
	done
	groupdel $svc 2> /dev/null
	rm -rf "$top"
}
trap clean EXIT
trap 'exit 4' INT TERM HUP
groupadd $svc && useradd -g $svc -M -s /bin/sh $svc || exit 4
for u in $chief $clerk $thief; do
	useradd -M -s /bin/sh $u || exit 4
	install -d -o $u -m 700 "$top/home.$u"
done
data=$top/data program=$top/bin/iarms-access
mkdir "$top/bin"

# Runs a command as a user, in his own folder, with nothing of ours in the environment.
as() {
	user=$1
	shift
	(cd "$top/home.$user" 2> /dev/null || cd "$top" || exit
	 exec env -i PATH="$PATH" HOME="$top/home.$user" TOP="$top" DATA="$data" P="$program" \
		runuser -u "$user" -- "$@")
}
lines() { grep -c . "$data/audit.csv"; }
# $2... must print nothing of what is secret and end with status $1 (any: not 0)
foiled() {
	wanted=$1
	shift
	"$@" > "$top/out" 2>&1
	got=$?
	if grep -aq 'BCN-SECRET' "$top/out"; then echo "LEAK: $*"; head -n 5 "$top/out"; fi
	case $wanted in
	any) [ $got -ne 0 ] || echo "SUCCEEDED: $*" ;;
	*) [ $got -eq "$wanted" ] || { echo "status $got, expected $wanted: $*"; head -n 5 "$top/out"; } ;;
	esac
}
whole() {
	as $svc "$program" audit --verify -d "$data" -c breaks,rights_added,rights_missing -o tsv > "$top/out" 2>&1 ||
		{ echo "the trail is damaged after $1:"; cat "$top/out"; }
}

attack() {
	kind=$1
	echo "== $kind"
	install -d -o $svc -g $svc -m $2 "$data"
	install -o $3 -g $svc -m $4 "$BUILD/iarms-access" "$program"

	echo "-- set up by the service user"
	as $svc "$program" grant $chief -d "$data" --country FRA --agency BCN-SECRET --kind ncb --role approver \
		--agreement UA-1 --to 2030-12-31
	as $chief "$program" grant $clerk -d "$data" --country FRA --agency Douane --kind customs --role writer \
		--agreement UA-2 --to 2030-12-31
	as $clerk "$program" list -d "$data" -c country,agency,role
	as $chief "$program" list -d "$data" -c country,agency,role
	foiled 5 as $thief "$program" audit -d "$data"

	echo "-- direct reads"
	for f in audit.csv audit.head rights.csv; do
		foiled any as $clerk cat "$data/$f"
		foiled any as $clerk ln "$data/$f" mine
		foiled any as $clerk sh -c "echo x >> $data/$f"
		foiled any as $clerk sh -c "cd $data && cat $f"
	done
	foiled any as $clerk ls "$data"
	foiled any as $clerk mv "$data" "$data.mine"
	foiled any as $clerk touch "$data/new"

	echo "-- environment"
	foiled 5 as $clerk env IARMS_USER=$chief "$program" list -d "$data"
	foiled 5 as $thief env IARMS_USER=$chief "$program" grant $thief -d "$data" --country FRA --agency A \
		--kind police --role writer --agreement U --to 2030-12-31
	foiled 5 as $thief env IARMS_USER=$svc "$program" audit -d "$data"
	as $clerk env SOURCE_DATE_EPOCH=1 "$program" check update --country FRA -d "$data" -c answer
	grep -c 1970 "$data/audit.csv"
	foiled any as $thief env IARMS_DIR="$data" "$program" list
	as $clerk env LD_DEBUG=all LD_PRELOAD=libcsv.so.3 LD_LIBRARY_PATH=. MALLOC_TRACE=trace \
		"$program" list -d "$data" -c country 2>&1 | grep -v 'cannot be preloaded'
	as $clerk sh -c 'umask 0777; $P list -d $DATA -c country > /dev/null'
	as $clerk sh -c 'umask 0; $P list -d $DATA -c country > /dev/null'
	find "$data" -type f \( -perm /007 -o ! -perm -400 \)

	echo "-- symbolic links, and a folder of his own that points into the other"
	as $clerk sh -c 'mkdir own; for f in audit.csv audit.head rights.csv; do ln -s $DATA/$f own/$f; done'
	foiled 5 as $clerk "$program" list -d "$top/home.$clerk/own"
	foiled 5 as $clerk "$program" audit -d "$top/home.$clerk/own"
	as $clerk sh -c 'rm own/*; ln -s $DATA link; printf "" > own/rights.csv'
	foiled 0 as $clerk "$program" list -d "$top/home.$clerk/link"   # his own line, no more
	foiled 1 as $clerk "$program" list -d "$top/home.$clerk/own"    # without the program's rights
	find "$top/home.$clerk/own" -name audit.csv -group $svc
	foiled any as $clerk chgrp $svc own

	echo "-- race: a name that is now his folder, now the other"
	as $clerk sh -c 'rm -rf own/*; for f in audit.csv audit.head; do ln -s $DATA/$f own/$f; done
		ln -s own a; ln -s $DATA b; ln -s own swap
		(i=0; while [ $i -lt 4000 ]; do ln -sfn own t; mv -T t swap; ln -sfn $DATA t; mv -T t swap; i=$((i + 1)); done) &
		i=0; while [ $i -lt 200 ]; do $P audit -d swap; $P list -d swap -a; i=$((i + 1)); done; kill $!' > "$top/out" 2>&1
	grep -a -c 'BCN-SECRET' "$top/out"
	grep -aq "Douane,customs" "$top/out" || echo "it was never the one"
	grep -aq 'audit.csv: not an ordinary file' "$top/out" || echo "it was never the other"
	whole "the race"

	echo "-- descriptors"
	for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- >&- 2>&-'; do
		as $clerk sh -c "\$P list -d \$DATA $closed" > /dev/null 2>&1
		as $clerk sh -c "\$P no-such-verb $closed" > /dev/null 2>&1
	done
	n=3
	while [ $n -lt 14 ]; do
		before=$(lines)
		as $clerk sh -c "ulimit -n $n; exec \$P list -d \$DATA -c country" > "$top/out" 2> /dev/null
		if [ -s "$top/out" ] && [ "$(lines)" -eq "$before" ]; then echo "LEAK: an answer and no line, $n descriptors"; fi
		n=$((n + 1))
	done
	grep -c 'no verb\|officer,country,agency,kind,role,agreement,approved_by,from,to,at' "$data/audit.csv"
	whole "descriptors"

	echo "-- limits: what cannot be put on record is not answered"
	before=$(lines)
	size=$(stat -c %s "$data/audit.csv")
	for blocks in 0 1 $((size / 512)); do
		for xfsz in "trap '' XFSZ;" 'true;'; do
			as $clerk sh -c "{ $xfsz ulimit -f $blocks; \$P list -d \$DATA -c country; echo \$?; } 2>&1 | cat" |
				sed 's/.*audit.csv: /.../; s/^iarms-access: .*trail: /.../'
		done
	done
	[ "$(lines)" -eq "$before" ] || echo "lines were left"
	for kb in 1000 4000 8000 12000 16000; do
		before=$(lines)
		as $clerk sh -c "ulimit -v $kb; exec \$P list -d \$DATA -c country" > "$top/out" 2> /dev/null
		if [ -s "$top/out" ] && [ "$(lines)" -eq "$before" ]; then echo "LEAK: an answer and no line, $kb kB"; fi
	done
	whole "limits"

	echo "-- killed at any moment, and what came out is on record"
	before=$(grep -c list-rights "$data/audit.csv")
	as $clerk sh -c 'i=0; while [ $i -lt 150 ]; do
			$P list -d $DATA -c country > o.$i 2> /dev/null & p=$!
			j=0; while [ $j -lt $((i * 7)) ]; do j=$((j + 1)); done
			[ $((i % 10)) -eq 0 ] || kill -KILL $p 2> /dev/null
			wait $p 2> /dev/null; i=$((i + 1)); done' 2> /dev/null
	after=$(grep -c list-rights "$data/audit.csv")
	answers=$(find "$top/home.$clerk" -name 'o.*' -size +0 | wc -l)
	[ "$answers" -gt 0 ] || echo "every one was killed before it answered"
	[ "$answers" -lt 150 ] || echo "none was killed before it answered"
	[ $((after - before)) -ge "$answers" ] || echo "LEAK: $answers answers, $((after - before)) lines"
	rm -f "$top/home.$clerk"/o.*
	whole "kill"

	echo "-- a process that waits: what others see of it, and that it does not hold them up"
	mkfifo "$top/pipe"
	chown $clerk "$top/pipe"
	# a pipe that nobody reads, filled first, so that the answer waits
	as $clerk sh -c 'exec 3<> $TOP/pipe; dd if=/dev/zero bs=4096 count=16 >&3 2> /dev/null
		exec $P list -d $DATA >&3' 2> /dev/null &
	waiting=$!
	pid=
	for i in $(seq 300); do
		pid=$(pgrep -U "$(id -u $clerk)" -x iarms-access)
		[ -n "$pid" ] && [ "$(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$pid/status")" = S ] && break
		sleep 0.1
	done
	[ -n "$pid" ] || { echo "it does not wait ($i)"; pid=$waiting; }
	for f in mem maps environ fd/3 fd/4 cwd root exe; do
		foiled any as $clerk head -c 1 "/proc/$pid/$f"
	done
	foiled any as $clerk ls "/proc/$pid/fd"
	command -v gdb > /dev/null && foiled any as $clerk sh -c "gdb -p $pid -batch -ex detach 2>&1 | grep -q ptrace && exit 1"
	foiled 0 as $clerk "$program" list -d "$data" -c country
	as $clerk sh -c "ulimit -c unlimited; kill -ABRT $pid" || kill $waiting
	wait $waiting 2> /dev/null
	find "$top/home.$clerk" -name 'core*'
	rm "$top/pipe"

	echo "-- the program run under other powers"
	command -v strace > /dev/null && foiled any as $clerk strace -o /dev/null "$program" list -d "$data"
	foiled any as $clerk setpriv --no-new-privs "$program" list -d "$data"
	as $clerk unshare -Ur true 2> /dev/null && foiled any as $clerk unshare -Ur "$program" list -d "$data"
	as $clerk cp "$program" copy
	foiled any as $clerk ./copy list -d "$data"
	whole "all of it"

	echo "-- the service user may act for others, as a front end does"
	as $svc env IARMS_USER=$clerk "$program" list -d "$data" -c country,agency,role
	tail -n 1 "$data/audit.csv" | cut -d, -f 3,6,8 | sed "s/$tag/x/g"
	rm -rf "$data" "$program" "$top/home.$clerk"/*
}

attack set-group-id 2770 root 2755
attack set-user-id 0700 $svc 4755
