# shared.sh - firearm records on a shared machine: what an officer may not see, he does not get to see
# Runs as root, makes users and a group of its own, and takes them away again.
# shellcheck disable=SC2154,SC2034  # users.sh gives names and folders, and takes secret
. "$CASES/lib.sh"
. "$CASES/users.sh"
users_make iarms-access iarms-record
secret=SECRET
fields='category=stolen type=pistol make=Beretta'
lines() { grep -c . "$data/audit.csv"; }
grant() {
	by=$1
	shift
	as "$by" iarms-access grant "$1" -d "$data" --country "$2" --agency A --kind "$3" --role "$4" --agreement U \
		--to "$next_year"
}

attack() {
	echo "== $1"
	users_install "$1"
	grant $svc $chief FRA ncb approver
	grant $svc $karl DEU ncb approver
	grant $chief $clerk FRA police reader

	echo "-- the files are made by one of the officers"
	# shellcheck disable=SC2086  # $fields is words
	as $karl sh -c "umask 0777; iarms-record add -d $data owner=DEU $fields serial=OPEN11" > "$top/out" 2>&1 || cat "$top/out"
	for class in official restricted confidential; do
		# shellcheck disable=SC2086
		as $chief iarms-record add -d "$data" owner=FRA $fields serial=SECRET$class class=$class exclude=DEU \
			-o tsv -c id > "$top/id" 2>&1 || cat "$top/id"
	done
	id=$(tail -n 1 "$top/id")
	find "$data" -type f \( -perm /007 -o ! -perm -600 \)
	as $chief iarms-record list -d "$data" -o tsv -c serial | sort
	as $clerk iarms-record list -d "$data" -o tsv -c serial | sort

	echo "-- what is hidden is not there"
	foiled 0 as $karl iarms-record list -d "$data"
	foiled 0 as $karl iarms-record export -d "$data"
	foiled 1 as $karl iarms-record search -d "$data" 'serial=SECRET*'
	foiled 1 as $karl iarms-record search -d "$data" 'serial=SECRETconfidential'
	for verb in show history seize cancel 'update remarks=x' 'restrict --class official' review close recover; do
		# shellcheck disable=SC2086  # it is words
		foiled any as $karl iarms-record $verb "$id" -d "$data"
		sed "s/$id/ID/g" "$top/out" > "$top/hidden"
		# a name that nobody has, with a right check character
		# shellcheck disable=SC2086
		as $karl iarms-record $verb "$none" -d "$data" > "$top/out" 2>&1
		sed "s/$none/ID/g" "$top/out" | cmp - "$top/hidden" || { echo "$verb differs:"; cat "$top/hidden" "$top/out"; }
	done
	foiled 5 as $karl iarms-record verify -d "$data"
	foiled 5 as $thief iarms-record list -d "$data"
	foiled any as $clerk iarms-record notices --send -d "$data"
	as $karl iarms-record list -d "$data" -o tsv -c serial

	echo "-- direct reads, and the program asked to read its own files"
	for f in "$data"/*; do
		foiled any as $karl cat "$f"
		foiled any as $karl iarms-record import --dry-run -d "$data" "$f"
		as $karl ln -s "$f" link
		foiled any as $karl iarms-record import --dry-run -d "$data" link
		as $karl rm link
	done
	for n in $(seq 3 24); do
		for path in /dev/fd/$n /proc/self/fd/$n /proc/thread-self/fd/$n; do
			foiled any as $karl iarms-record import -d "$data" --dry-run --set owner=DEU --set category=stolen \
				--rest "$path" -o json
		done
	done
	foiled any as $karl sh -c 'iarms-record import -d $DATA --dry-run /proc/self/cwd/../data/records.csv'

	echo "-- and to write to them"
	as $svc iarms-record verify -d "$data" > "$top/out" 2>&1 || cat "$top/out"
	md5sum "$data/records.csv" "$data/rights.csv" > "$top/sums"
	printf 'make,serial\nx,\n' | as $karl tee bad > "$top/out"
	for path in "$data/records.csv" "$data/new" /dev/fd/3 /dev/fd/4 /dev/fd/5 /dev/fd/6 /dev/fd/7 /dev/fd/8 /dev/fd/9; do
		foiled any as $karl iarms-record import -d "$data" --rejects "$path" bad
	done
	foiled any as $karl iarms-record import -d "$data" --rejects link -m nonsense bad
	md5sum --quiet -c "$top/sums"
	[ ! -e "$data/new" ] || echo "a new file"

	echo "-- limits and kills: what is acknowledged is there"
	size=$(stat -c %s "$data/records.csv")
	for blocks in 0 1 $((size / 512)) $((size / 512 + 1)); do
		# shellcheck disable=SC2016
		as $karl sh -c "{ ulimit -f $blocks; iarms-record add -d \$DATA owner=DEU $fields serial=LIMIT$blocks; } > o 2>&1 ||
			exit 0; echo done $blocks" | cat
	done
	as $karl sh -c 'i=0; while [ $i -lt 60 ]; do
			{ iarms-record add -d $DATA owner=DEU '"$fields"' serial=KILL$i -o tsv -c id || echo; } > k.$i 2> err & p=$!
			j=0; while [ $j -lt $((i * 37)) ]; do j=$((j + 1)); done
			[ $((i % 10)) -eq 0 ] || kill -KILL $p 2> err
			wait $p 2> err; i=$((i + 1)); done' 2> "$top/out"
	as $svc iarms-record verify -d "$data" > "$top/out" 2>&1 || cat "$top/out"
	for f in "$top/home.$karl"/k.*; do
		i=$(tail -n 1 "$f")
		[ "$i" = id ] || [ -z "$i" ] || as $karl iarms-record show "$i" -d "$data" > "$top/out" 2>&1 || echo "lost: $i"
	done
	whole "kills"

	echo "-- the index belongs to the service as well"
	find "$data" -perm /007
	find "$data" ! -group $svc ! -user $svc
	foiled any as $karl sh -c 'strings $DATA/records.index'
}

# a name that is in no folder of ours
none=$(IARMS_DIR=none iarms-record add owner=FRA $fields serial=N1 -o tsv -c id | tail -n 1)
attack set-group-id
attack set-user-id
