# usage.sh - grants that make no sense
all() { iarms-access grant "$@" 2>&1; echo "status $?"; }
all
all x
all x --country FRA --agency A --kind ncb --role reader --agreement U
all x --country FRA --agency A --kind ncb --role king --agreement U --to 2026-12-31
all x --country FRA --agency A --kind navy --role reader --agreement U --to 2026-12-31
all x --country fra --agency A --kind ncb --role reader --agreement U --to 2026-12-31
all x --country XYZ --agency A --kind ncb --role reader --agreement U --to 2026-12-31
all x --country YUG --agency A --kind ncb --role reader --agreement U --to 2026-12-31
all x --country FRA --agency '' --kind ncb --role reader --agreement U --to 2026-12-31
all x --country FRA --agency A --kind ncb --role reader --agreement '' --to 2026-12-31
all x --country FRA --agency A --kind ncb --role reader --agreement U --to 2025-12-31
all x --country FRA --agency A --kind ncb --role reader --agreement U --from 2025-01-01 --to 2025-12-31
all x --country FRA --agency A --kind ncb --role reader --agreement U --to 2026-02-30
all x --country FRA --agency A --kind ncb --role reader --agreement U --to 2036-01-01
all x --country XPO --agency A --kind ncb --role reader --agreement U --to 2026-12-31
all x --country FRA --agency A --kind police --role approver --agreement U --to 2026-12-31
all 'x y' --country FRA --agency A --kind ncb --role reader --agreement U --to 2026-12-31
all "$(printf 'x\ny')" --country FRA --agency A --kind ncb --role reader --agreement U --to 2026-12-31
all x --country FRA --agency "$(printf 'x\ny')" --kind ncb --role reader --agreement U --to 2026-12-31
iarms-access check fly 2>&1; echo "status $?"
iarms-access audit --expect 1:00 2>&1; echo "status $?"
iarms-access audit --verify --expect 1:00 2>&1; echo "status $?"
iarms-access audit --since yesterday 2>&1; echo "status $?"
