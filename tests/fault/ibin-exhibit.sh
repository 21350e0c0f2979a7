# ibin-exhibit.sh - every mark of a head, and exhibits by all their marks
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
make-bullet --seed 3 --shots 2 --lands 4 --height 150 --output scans > made || cat made
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	{ print $at["file"], $at["exhibit"], $at["land"], $at["lands"] }' scans/truth.csv > meta.csv
ibin-extract --mark land -m meta.csv scans/*.x3p > gallery.sig
make-case --seed 41 --shots 2 --spacing 16 --width 600 --height 600 --output heads > made || cat made
ibin-extract --mark all heads/*.x3p >> gallery.sig
from=program   # in places libzip says "no archive" where it had no memory
faults malloc write -- ibin-extract -j 1 --mark ejector heads/F001-S1.x3p
from=program   # FFTW ends the process where its planner finds no memory
faults malloc write -- ibin-match -j 1 --by exhibit --all gallery.sig
