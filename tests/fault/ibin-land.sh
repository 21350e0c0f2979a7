# ibin-land.sh - signatures of lands from a topography and a photograph, and their comparison
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
make-bullet --seed 3 --shots 2 --lands 4 --height 150 --output scans > made || cat made
make-bullet --seed 3 --shots 1 --lands 4 --kind photo-side --output photos > made || cat made
ibin-extract --mark land scans/*.x3p > gallery.sig
from=program   # in places libzip says "no archive" where it had no memory
faults malloc write -- ibin-extract -j 1 --mark land scans/B001-S1-L1.x3p
from=
faults malloc -- ibin-extract -j 1 --mark land --scale 1.5625 photos/B001-S1-L1.jpg
from=program   # FFTW ends the process where its planner finds no memory
faults malloc write -- ibin-match -j 1 --all gallery.sig
