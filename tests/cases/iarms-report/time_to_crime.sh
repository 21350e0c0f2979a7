# time_to_crime.sh - days to crime against days counted by awk, and the bands
cat > rows.csv <<'END'
id,sale_date,crime_date
1,2024-02-29,2025-02-27
2,2024-02-29,2025-02-28
3,2024-11-30,2025-02-27
4,2024-11-30,2025-02-28
5,2022-03-01,2025-03-01
6,2022-03-01,2025-03-02
7,2025-01-02,2025-01-01
8,2025-01,2025-03-01
9,,2025-03-01
10,2025-02-30,2025-03-01
11,1996-12-31,2000-12-31
12,2025-01-02,2028-03-10
13,2025-12-31,2026-01-01
14,2025-12-31,2026-01-02
END
iarms-report time-to-crime rows.csv
echo "a period:"
iarms-report time-to-crime --year 2000 -t bands -o table - < rows.csv
echo "a period with nothing:"
iarms-report time-to-crime --year 2001 -o table rows.csv | head -n 12
