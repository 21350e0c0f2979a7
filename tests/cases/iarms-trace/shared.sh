# shared.sh - trace requests on a shared machine: two countries and a stranger, through the program alone
# Runs as root, makes users and a group of its own, and takes them away again.
# shellcheck disable=SC2154,SC2034  # users.sh gives names and folders, and takes secret
. "$CASES/lib.sh"
. "$CASES/users.sh"
users_make iarms-access iarms-trace iarms-form
secret=SECRET
grant() {
	by=$1
	shift
	as "$by" iarms-access grant "$1" -d "$data" --country "$2" --agency A --kind "$3" --role "$4" --agreement U \
		--to "$next_year" > "$top/out" 2>&1 || cat "$top/out"
}

attack() {
	echo "== $1"
	users_install "$1"
	grant $svc $chief FRA ncb approver
	grant $svc $karl DEU ncb writer
	grant $svc $thief ITA ncb writer
	grant $chief $clerk FRA police reader

	echo "-- one asks, the other answers, the third knows nothing"
	as $chief iarms-trace submit -d "$data" to=DEU make=Colt serial=SECRET1 use=u legal_basis=l circumstances=SECRET \
		-o tsv -c id > "$top/id" 2>&1 || cat "$top/id"
	id=$(tail -n 1 "$top/id")
	find "$data" -type f \( -perm /007 -o ! -perm -600 \)
	as $karl iarms-trace answer -d "$data" --outcome dealer -s '1999|SECRET dealer|b' "$id" -c state
	as $clerk iarms-trace show -d "$data" "$id" -c chain -o tsv
	as $clerk sh -c "iarms-trace export -d $data | iarms-form" 2> "$top/err" | head -c 5 && echo
	grep -v '^Fontconfig' "$top/err"   # it may miss a cache that it can write
	foiled 0 as $thief iarms-trace list -d "$data"
	foiled 0 as $thief iarms-trace list -d "$data" 'serial=SECRET*' make=Colt
	foiled 0 as $thief iarms-trace export -d "$data" -H
	foiled 1 as $thief iarms-trace monitor -d "$data"
	foiled 1 as $thief iarms-trace overdue -d "$data"
	foiled 0 as $thief iarms-trace notices -d "$data"
	foiled 1 as $thief iarms-trace suggest -d "$data" serial=SECRET1 make=Colt
	foiled 5 as $thief iarms-trace verify -d "$data"
	foiled 5 as $thief iarms-trace list -d "$data" --as FRA
	foiled 5 as $clerk iarms-trace close -d "$data" "$id"
	for verb in show 'show --tree' 'show --chain' 'show --history' acknowledge 'comment -m x' withdraw close \
		'answer --outcome dealer' 'forward -t USA' suggest; do
		# shellcheck disable=SC2086  # it is words
		foiled any as $thief iarms-trace $verb -d "$data" "$id"
		sed "s/$id/ID/g" "$top/out" > "$top/hidden"
		# a name that nobody has, with a right check character
		# shellcheck disable=SC2086
		as $thief iarms-trace $verb -d "$data" "$none" > "$top/out" 2>&1
		sed "s/$none/ID/g" "$top/out" | cmp - "$top/hidden" || { echo "$verb differs:"; cat "$top/hidden" "$top/out"; }
	done

	echo "-- direct reads, and the program asked to read its own files"
	for f in "$data"/*; do
		foiled any as $karl cat "$f"
		foiled any as $thief sh -c "iarms-trace submit -d $data < $f"
		foiled any as $thief sh -c "iarms-trace show -d $data < $f"
		foiled any as $thief iarms-form "$f"
	done
	whole "$1"
}

none=FRA26-EPH8-0V40
attack set-group-id
attack set-user-id
