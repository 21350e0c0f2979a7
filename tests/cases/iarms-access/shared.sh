# shared.sh - a shared machine: real users who try to get round the guard
# Runs as root, makes users and a group of its own, and takes them away again.
# shellcheck disable=SC2154,SC2034  # users.sh gives names and folders, and takes secret
. "$CASES/lib.sh"
. "$CASES/users.sh"
users_make iarms-access
secret=BCN-SECRET
lines() { grep -c . "$data/audit.csv"; }

attack() {
	echo "== $1"
	users_install "$1"

	echo "-- set up by the service user"
	as $svc iarms-access grant $chief -d "$data" --country FRA --agency BCN-SECRET --kind ncb --role approver \
		--agreement UA-1 --to "$next_year"
	as $chief iarms-access grant $clerk -d "$data" --country FRA --agency Douane --kind customs --role writer \
		--agreement UA-2 --to "$next_year"
	as $clerk iarms-access list -d "$data" -c country,agency,role
	as $chief iarms-access list -d "$data" -c country,agency,role
	foiled 5 as $thief iarms-access audit -d "$data"

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
	foiled 5 as $clerk env IARMS_USER=$chief iarms-access list -d "$data"
	foiled 5 as $thief env IARMS_USER=$chief iarms-access grant $thief -d "$data" --country FRA --agency A \
		--kind police --role writer --agreement U --to "$next_year"
	foiled 5 as $thief env IARMS_USER=$svc iarms-access audit -d "$data"
	as $clerk env SOURCE_DATE_EPOCH=1 iarms-access check update --country FRA -d "$data" -c answer
	grep -c ',1970-01-01T' "$data/audit.csv"
	foiled any as $thief env IARMS_DIR="$data" iarms-access list
	as $clerk env LD_DEBUG=all LD_PRELOAD=libcsv.so.3 LD_LIBRARY_PATH=. MALLOC_TRACE=trace \
		iarms-access list -d "$data" -c country 2>&1 | grep -v 'cannot be preloaded'
	as $clerk sh -c 'umask 0777; iarms-access list -d $DATA -c country > /dev/null'
	as $clerk sh -c 'umask 0; iarms-access list -d $DATA -c country > /dev/null'
	find "$data" -type f \( -perm /007 -o ! -perm -400 \)

	echo "-- symbolic links, and a folder of his own that points into the other"
	as $clerk sh -c 'mkdir own; for f in audit.csv audit.head rights.csv; do ln -s $DATA/$f own/$f; done'
	foiled 5 as $clerk iarms-access list -d "$top/home.$clerk/own"
	foiled 5 as $clerk iarms-access audit -d "$top/home.$clerk/own"
	as $clerk sh -c 'rm own/*; ln -s $DATA link; printf "" > own/rights.csv'
	foiled 0 as $clerk iarms-access list -d "$top/home.$clerk/link"   # his own line, no more
	foiled 1 as $clerk iarms-access list -d "$top/home.$clerk/own"    # without the program's rights
	find "$top/home.$clerk/own" -name audit.csv -group $svc
	foiled any as $clerk chgrp $svc own

	echo "-- race: a name that is now his folder, now the other"
	as $clerk sh -c 'rm -rf own/*; for f in audit.csv audit.head; do ln -s $DATA/$f own/$f; done
		ln -s own a; ln -s $DATA b; ln -s own swap
		(while [ ! -e enough ]; do ln -sfn own t; mv -T t swap; ln -sfn $DATA t; mv -T t swap; done) &
		i=0; : > seen
		# until it was the one, and the other
		while [ $i -lt 200 ] || ! grep -aq Douane,customs seen || ! grep -aq "audit.csv: not an ordinary file" seen; do
			iarms-access audit -d swap >> seen 2>&1; iarms-access list -d swap -a >> seen 2>&1; i=$((i + 1))
		done
		touch enough; wait; cat seen' > "$top/out" 2>&1
	grep -a -c 'BCN-SECRET' "$top/out"
	whole "the race"

	echo "-- descriptors"
	for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- >&- 2>&-'; do
		as $clerk sh -c "iarms-access list -d \$DATA $closed" > /dev/null 2>&1
		as $clerk sh -c "iarms-access no-such-verb $closed" > /dev/null 2>&1
	done
	n=3
	while [ $n -lt 14 ]; do
		before=$(lines)
		as $clerk sh -c "ulimit -n $n; exec iarms-access list -d \$DATA -c country" > "$top/out" 2> /dev/null
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
			as $clerk sh -c "{ $xfsz ulimit -f $blocks; iarms-access list -d \$DATA -c country; echo \$?; } 2>&1 | cat" |
				sed 's/.*audit.csv: /.../; s/^iarms-access: .*trail: /.../'
		done
	done
	[ "$(lines)" -eq "$before" ] || echo "lines were left"
	for kb in 1000 4000 8000 12000 16000; do
		before=$(lines)
		as $clerk sh -c "ulimit -v $kb; exec iarms-access list -d \$DATA -c country" > "$top/out" 2> /dev/null
		if [ -s "$top/out" ] && [ "$(lines)" -eq "$before" ]; then echo "LEAK: an answer and no line, $kb kB"; fi
	done
	whole "limits"

	echo "-- killed at any moment, and what came out is on record"
	before=$(grep -c list-rights "$data/audit.csv")
	# and until some were killed before they answered
	as $clerk sh -c 'i=0 unanswered=0; while [ $i -lt 150 ] || [ $unanswered -lt 20 ]; do
			iarms-access list -d $DATA -c country > o.$i 2> /dev/null & p=$!
			j=0; while [ $j -lt $((i % 150 * 7)) ]; do j=$((j + 1)); done
			[ $((i % 10)) -eq 0 ] || kill -KILL $p 2> /dev/null
			wait $p 2> /dev/null
			[ -s o.$i ] || unanswered=$((unanswered + 1))
			i=$((i + 1)); done' 2> /dev/null
	after=$(grep -c list-rights "$data/audit.csv")
	answers=$(find "$top/home.$clerk" -name 'o.*' -size +0 | wc -l)
	[ "$answers" -gt 0 ] || echo "every one was killed before it answered"
	[ $((after - before)) -ge "$answers" ] || echo "LEAK: $answers answers, $((after - before)) lines"
	rm -f "$top/home.$clerk"/o.*
	whole "kill"

	echo "-- a process that waits: what others see of it, and that it does not hold them up"
	before=$(lines)
	mkfifo "$top/pipe"
	chown $clerk "$top/pipe"
	# a pipe that nobody reads, filled first, so that the answer waits
	# (how much it holds is the machine's affair)
	as $clerk sh -c 'exec 3<> $TOP/pipe; dd if=/dev/zero of=$TOP/pipe bs=4096 count=10000 oflag=nonblock 2> /dev/null
		exec iarms-access list -d $DATA >&3' 2> /dev/null &
	waiting=$!
	pid=
	# until it has left its line, behind which it can only wait for its reader
	while kill -0 $waiting; do
		# by its folder, for in a chroot another run may use the same number for a user
		pid=$(pgrep -U "$(id -u $clerk)" -f "^iarms-access list -d $data")
		[ -n "$pid" ] && [ "$(lines)" -gt "$before" ] && break
		sleep 0.1
	done
	[ -n "$pid" ] || { echo "it does not wait"; pid=$waiting; }
	for f in mem maps environ fd/3 fd/4 cwd root exe; do
		foiled any as $clerk head -c 1 "/proc/$pid/$f"
	done
	foiled any as $clerk ls "/proc/$pid/fd"
	command -v gdb > /dev/null && foiled any as $clerk sh -c "gdb -p $pid -batch -ex detach 2>&1 | grep -q ptrace && exit 1"
	foiled 0 as $clerk iarms-access list -d "$data" -c country
	as $clerk sh -c "ulimit -c unlimited; kill -ABRT $pid" || kill $waiting
	wait $waiting 2> /dev/null
	waiting=
	find "$top/home.$clerk" -name 'core*'
	rm "$top/pipe"

	echo "-- the program run under other powers"
	command -v strace > /dev/null && foiled any as $clerk strace -o /dev/null iarms-access list -d "$data"
	foiled any as $clerk setpriv --no-new-privs iarms-access list -d "$data"
	as $clerk unshare -Ur true 2> /dev/null && foiled any as $clerk unshare -Ur iarms-access list -d "$data"
	as $clerk cp "$top/bin/iarms-access" copy
	foiled any as $clerk ./copy list -d "$data"
	whole "all of it"

	echo "-- the service user may act for others, as a front end does"
	as $svc env IARMS_USER=$clerk iarms-access list -d "$data" -c country,agency,role
	tail -n 1 "$data/audit.csv" | cut -d, -f 3,6,8 | sed "s/$tag/x/g"
}

attack set-group-id
attack set-user-id
