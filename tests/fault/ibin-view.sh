# ibin-view.sh - a pair drawn, with its pages
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
make-case --seed 3 --firearms 1 --shots 2 --output scans > made || cat made
ibin-extract scans/*.x3p > gallery.sig
from=program   # what draws the letters below cairo crashes without memory

faults malloc write read sync rename -- ibin-view -e -j 1 -s 480x240 -g gallery.sig -o pictures F001-S1 F001-S2
