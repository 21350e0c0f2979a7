# iarms-form.sh - forms on paper, with any call failing
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
mkdir -m 700 data
printf 'to,make,serial\nDEU,Beretta,ABC123\nDEU,Beretta,ABC223\n' > some.csv
iarms-trace submit -d data --as FRA --use u --legal-basis l --circumstances c < some.csv > told || cat told
iarms-trace export -d data > rows.csv
# what lays the words out ends the process without memory, and does without a font that it cannot read
from=program
faults malloc write -- iarms-form rows.csv
input=rows.csv
faults malloc write -- iarms-form
