# ibin-extract.sh - signatures of a topography and of a photograph, their list, a picture of what was found
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
make-case --seed 3 --shots 1 --output scans > made || cat made
make-case --seed 3 --shots 1 --kind photo-ring --width 700 --height 700 --spacing 9 --output photos > made || cat made
ibin-extract scans/*.x3p > one.sig
printf 'file,id,country\n%s,x,FRA\n' scans/F001-S1.x3p > meta.csv
mkdir pictures
from=program   # in places libzip says "no archive" where it had no memory
faults -- ibin-extract -j 1 --meta meta.csv scans/F001-S1.x3p
from=
faults malloc read open write -- ibin-extract -j 1 photos/F001-S1.jpg
faults malloc read open write -- ibin-extract --list -o json one.sig
faults malloc read open -- ibin-extract --verify one.sig
faults write open close sync rename -- ibin-extract -j 1 --picture pictures photos/F001-S1.jpg
