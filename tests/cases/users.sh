# users.sh - a shared machine with real users, for shell cases: . "$CASES/users.sh"; users_make PROGRAM...
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Makes a service user with a group, and the officers $chief, $clerk, $karl and $thief, each with a home
# in $top; takes them away again at the end. users_install puts the programs into $top/bin. Grants end $next_year.

# Others may be making users at the same time, and then this waits longer than useradd would.
account() {
	for _ in 1 2 3 4 5; do
		"$@" 2> "$top/account" && return
		[ $? -ne 9 ] || return   # the name is taken
		sleep 1
	done
	return 1
}

users_make() {
	[ "$(id -u)" -eq 0 ] || skip "needs root, to make users"
	for tool in useradd userdel groupadd groupdel runuser setpriv pgrep; do
		command -v $tool > /dev/null || skip "no $tool here"
	done
	for p in "$@"; do
		[ -e "$BUILD/$p" ] || skip "no $p"
		grep -q __asan_init "$BUILD/$p" && skip "sanitizers do not work in a process that may not be traced"
	done
	programs=$* waiting=
	top=$(mktemp -d /tmp/iarms-shared.XXXXXX) || exit 4
	chmod 755 "$top"
	# what a run that was killed left behind may have the number of this process
	tag=iat$$x$(od -An -N2 -tx1 /dev/urandom | tr -d ' ')
	svc=${tag}s chief=${tag}c clerk=${tag}k karl=${tag}d thief=${tag}t
	trap users_clean EXIT
	trap 'exit 4' INT TERM HUP
	account groupadd "$svc" && account useradd -g "$svc" -M -s /bin/sh "$svc" || skip "no users here: $(cat "$top/account")"
	for u in $chief $clerk $karl $thief; do
		account useradd -M -s /bin/sh "$u" || skip "no users here: $(cat "$top/account")"
		install -d -o "$u" -m 700 "$top/home.$u"
	done
	data=$top/data
	next_year=$(($(date -u +%Y) + 1))-12-31   # these programs let nobody set their clock
	mkdir "$top/bin"
	install -o "$svc" -m 4755 "$(command -v id)" "$top/bin"
	[ "$(as "$clerk" "$top/bin/id" -u 2>&1)" = "$(id -u "$svc")" ] || skip "set-user-id programs have no effect here"
}

# What a case lets wait in the background left its process group and would stay: it is named in $waiting.
users_clean() {
	[ -z "$waiting" ] || kill "$waiting" 2> /dev/null
	for u in $svc $chief $clerk $karl $thief; do
		! id "$u" > /dev/null 2>&1 || account userdel "$u"
	done
	groupdel "$svc" 2> /dev/null
	rm -rf "$top"
}

# users_install set-group-id|set-user-id: an empty data folder, and the programs
users_install() {
	rm -rf "$data" "$top"/bin/* "$top"/home.*/*
	case $1 in
	set-group-id)
		install -d -o "$svc" -g "$svc" -m 2770 "$data"
		for p in $programs; do install -o root -g "$svc" -m 2755 "$BUILD/$p" "$top/bin"; done ;;
	set-user-id)
		install -d -o "$svc" -g "$svc" -m 700 "$data"
		for p in $programs; do install -o "$svc" -g "$svc" -m 4755 "$BUILD/$p" "$top/bin"; done ;;
	esac
}

# Runs a command as a user, in his own folder, with nothing of ours in the environment.
as() {
	user=$1
	shift
	(cd "$top/home.$user" 2> /dev/null || cd "$top" || exit
	 exec env -i PATH="$top/bin:/usr/bin:/bin:/usr/sbin:/sbin" HOME="$top/home.$user" TOP="$top" DATA="$data" \
		runuser -u "$user" -- "$@")
}

# foiled STATUS|any COMMAND...: it must end with that status (any: not 0) and print nothing of what is
# secret: no word that $secret stands in.
foiled() {
	wanted=$1
	shift
	"$@" > "$top/out" 2>&1
	got=$?
	if grep -aq "$secret" "$top/out"; then echo "LEAK: $*"; head -n 5 "$top/out"; fi
	case $wanted in
	any) [ $got -ne 0 ] || echo "SUCCEEDED: $*" ;;
	*) [ $got -eq "$wanted" ] || { echo "status $got, expected $wanted: $*"; head -n 5 "$top/out"; } ;;
	esac
}

# The trail and the rights are whole; $1 says after what.
whole() {
	as "$svc" iarms-access audit --verify -d "$data" -c breaks,rights_added,rights_missing -o tsv > "$top/out" 2>&1 ||
		{ echo "the trail is damaged after $1:"; cat "$top/out"; }
}
