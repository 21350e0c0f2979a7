# ibin-view.sh - a pair drawn, with its pages
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
make-case --seed 3 --firearms 1 --shots 2 --output scans > made || cat made
ibin-extract scans/*.x3p > gallery.sig
from=program   # what draws the letters below cairo crashes without memory

faults malloc write read sync rename -- ibin-view -e -j 1 -s 480x240 -g gallery.sig -o pictures F001-S1 F001-S2
faults malloc write open -- ibin-view -j 1 -s 480x240 -S scans -t --as kitty -g gallery.sig F001-S1 F001-S2
# not what is printed as pictures: letters are drawn without a font that cannot be read
faults read -- ibin-view -j 1 -s 480x240 -S scans -o pictures -g gallery.sig F001-S1 F001-S2

make-bullet --seed 4 --shots 2 --lands 4 --noise 0.6 --height 200 --output lands > made || cat made
cut -d, -f1,2,5,7,8 lands/truth.csv > labels.csv
ibin-extract --mark land -m labels.csv lands/*.x3p > lands.sig
faults malloc write -- ibin-view -e -j 1 -s 480x240 -S lands -g lands.sig -o pictures B001-S1 B001-S2
