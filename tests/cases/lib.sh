# lib.sh - what the shell cases share: . "$CASES/lib.sh"
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh

# Runs a command and says its exit status where that is not 0, so that one case can look at several.
try() {
	"$@"
	set -- $? "$1"
	[ "$1" -eq 0 ] || echo "$2: status $1"
}

# Runs a command, whose exit status must be $1; else says so. Output goes where it goes.
wants() {
	wanted=$1
	shift
	"$@"
	set -- $? "$@"
	[ "$1" -eq "$wanted" ] || { got=$1; shift; echo "'$*': status $got, expected $wanted"; }
}

skip() {
	echo "$*"
	exit 77
}

# $1 bytes of noise, the same each time
noise() {
	awk -v n="$1" 'BEGIN { for (x = 1; n > 0; n--) { x = x * 16807 % 2147483647; printf "%c", int(x / 1000) % 255 + 1 } }'
}

# Lines with the name of the user who runs this as OWNER, where it stands as a word.
owner() {
	me=$(id -un 2> /dev/null) || me="#$(id -u)"
	me=$me awk '{
		out = ""
		while (match($0, /[A-Za-z0-9_.@+#\\-]+/)) {
			word = substr($0, RSTART, RLENGTH)
			out = out substr($0, 1, RSTART - 1) (word == ENVIRON["me"] ? "OWNER" : word)
			$0 = substr($0, RSTART + RLENGTH)
		}
		print out $0
	}'
}

# Names of records as ID1, ID2... in the order in which they come: they follow from the size of the log, and
# that from the length of the user's name.
ids() {
	awk '{
		out = ""
		while (match($0, /[A-Z][A-Z][A-Z][0-9][0-9]-[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]-[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]/)) {
			id = substr($0, RSTART, RLENGTH)
			if (!(id in number))
				number[id] = ++count
			out = out substr($0, 1, RSTART - 1) "ID" number[id]
			$0 = substr($0, RSTART + RLENGTH)
		}
		print out $0
	}'
}

# The folder of real scans and photographs, in $data; without it the case is skipped.
need_data() {
	data=${IBIN_DATA:-}
	[ -n "$data" ] && [ -d "$data/$1" ] || skip "no real data in IBIN_DATA ($1)"
}

# The verbs of $PROGRAM, one a line: what its --help lists under "verbs:".
verbs() {
	"$PROGRAM" --help | sed -n '/^verbs:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p'
}
