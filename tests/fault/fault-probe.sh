# fault-probe.sh - the foundation: options, CSV, rows, batches, lock, replacing a file
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
awk 'BEGIN { for (i = 0; i < 400; i++) printf "%d,\"a %0200d\",%d\n", i, i, i * i }' > rows.csv
printf 'first\n' > before
printf 'first\none line more\n' > after
printf 'rows.csv\nbefore\nafter\n' > list
reset() {
	rm -f copy*
	cp before copy
}
# The copy is the old one or the new one, whole; with status 0 the new one; no draft is left.
intact() {
	cmp -s copy after || { [ "$1" -ne 0 ] && cmp -s copy before; } || echo "the copy is damaged: $(cat copy)"
	[ "$(echo copy*)" = "copy copy.lock" ] || [ "$(echo copy*)" = copy ] || echo "left behind: $(echo copy*)"
}
# shellcheck disable=SC2034  # the runner reads it
input=list
faults -- fault-probe -w a -w b rows.csv copy
faults malloc thread write -- fault-probe -j 3 -o table rows.csv copy before after
faults malloc write -- fault-probe -o json rows.csv copy before
