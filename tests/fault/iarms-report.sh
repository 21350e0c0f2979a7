# iarms-report.sh - reports of records and of rows, in every form, with any call failing
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
mkdir -m 700 data
printf 'owner,category,type,make,serial,event_date,made_year\n' > rows.csv
awk 'BEGIN { for (i = 0; i < 40; i++) printf "FRA,stolen,pistol,Make %d,AB%05dZ,2025-01-%02d,%d\n", i, i, 1 + i % 28, 1990 + i % 9 }' >> rows.csv
iarms-record import -q -d data rows.csv 2> told || cat told
iarms-record list -d data make='Make 3' -c id -o tsv | tail -n 1 > id
iarms-record update -d data "$(cat id)" model=92 > updated
printf 'sale_date,crime_date\n2024-02-29,2025-02-28\n2022-03-01,2025-03-01\n' > sales.csv
printf 'exhibit,case,country\nE1,C1,FRA\nE2,C2,DEU\n' > exhibits.csv
printf 'probe,candidate\nE1,E2\n' > hits.csv
faults malloc write read open close map -- iarms-report records -d data -t make
faults malloc read -- iarms-report sdg -d data -t indicator
faults malloc write read open close -- iarms-report time-to-crime -t bands sales.csv
faults malloc write -- iarms-report time-to-crime -o table -t years sales.csv
faults malloc -- iarms-report query --by make --period month --median made_year -t query rows.csv
faults malloc -- iarms-report time-to-crime -o html sales.csv
faults malloc -- iarms-report time-to-crime -o svg sales.csv
faults malloc read -- iarms-report links -d data -x exhibits.csv -t firearms hits.csv
# Pango ends the process where it gets no memory, and so does the C library where gettext opens a conversion
from=iarms-report
faults malloc write -- iarms-report time-to-crime -o table -l fr -t years sales.csv
faults malloc write -- iarms-report time-to-crime -o pdf sales.csv
