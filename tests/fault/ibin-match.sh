# ibin-match.sh - probes against a gallery, and all pairs
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
make-case --seed 3 --firearms 2 --shots 2 --output scans > made || cat made
ibin-extract scans/*.x3p > gallery.sig
ibin-extract scans/F001-S1.x3p > probe.sig

faults -- ibin-match -j 1 -p probe.sig gallery.sig
faults malloc thread write -- ibin-match -j 2 --all -o table gallery.sig
input=probe.sig
faults malloc read write -- ibin-match -j 1 gallery.sig
# the index: half of one is never used, and a search with one that fails does without
ibin-match --index gallery.sig
faults malloc read open map -- ibin-match -j 1 -p probe.sig gallery.sig
cp gallery.sig.idx whole.idx
reset() { rm -f gallery.sig.idx; }
intact() {
	[ ! -s gallery.sig.idx ] || cmp gallery.sig.idx whole.idx
	ls gallery.sig.idx.* 2> /dev/null
}
faults -- ibin-match --index gallery.sig
