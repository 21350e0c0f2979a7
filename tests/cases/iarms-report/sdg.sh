# sdg.sh - the indicator on cases worked by hand: each exclusion alone, and together
head='id,from,to,outcome,state,make,calibre,serial,made_year,recovery_date'
show() {
	echo "$1:"
	{ echo "$head"; cat; } > rows.csv
	iarms-report sdg -t indicator rows.csv
	iarms-report sdg -t left_out rows.csv | grep -v '^reason'
}
show 'two of four' <<'END'
1,FRA,DEU,purchaser,closed,GLOCK,9mm,A1,2010,2025-01-01
2,FRA,DEU,established,closed,GLOCK,9mm,A2,2010,2025-02-01
3,FRA,DEU,not-traced,closed,GLOCK,9mm,A3,2010,2025-03-01
4,FRA,DEU,,submitted,GLOCK,9mm,A4,,2025
END
show 'an antique' <<'END'
1,FRA,DEU,purchaser,closed,GLOCK,9mm,A1,2010,2025-01-01
2,FRA,DEU,purchaser,closed,COLT,.45,A2,1899,2025-01-01
3,FRA,DEU,,closed,COLT,.45,A3,1900,2025-01-01
END
show 'the same arm twice, and in another year and country' <<'END'
1,FRA,DEU,,closed,GLOCK,9mm,A1,2010,2025-01-01
2,FRA,ITA,purchaser,closed,GLOCK,9mm,A1,2010,2025-12-01
3,FRA,ITA,,closed,GLOCK,9mm,A1,2010,2024-12-01
4,BEL,ITA,,closed,GLOCK,9mm,A1,2010,2025-12-01
END
show 'the same serial of another make, and none at all' <<'END'
1,FRA,DEU,dealer,closed,GLOCK,9mm,A1,2010,2025-01-01
2,FRA,DEU,,closed,COLT,9mm,A1,2010,2025-01-01
3,FRA,DEU,,closed,COLT,9mm,,2010,2025-01-01
4,FRA,DEU,,closed,COLT,9mm,,2010,2025-01-01
5,FRA,DEU,,closed,,9mm,A1,2010,2025-01-01
END
show 'recovered on a day that lies ahead' <<'END'
1,FRA,DEU,importer,closed,GLOCK,9mm,A1,2010,2026-01-01
2,FRA,DEU,importer,closed,GLOCK,9mm,A2,2010,2026-01-02
3,FRA,DEU,,closed,GLOCK,9mm,A3,2010,2028
END
show 'a year that is unknown, and one that is missing' <<'END'
1,FRA,DEU,importer,closed,GLOCK,9mm,A1,2010,2022-01-01
2,FRA,DEU,,closed,GLOCK,9mm,A2,2010,
3,FRA,DEU,established,closed,GLOCK,9mm,A3,2010,2025-01
END
show 'withdrawn, and no country' <<'END'
1,FRA,DEU,importer,withdrawn,GLOCK,9mm,A1,2010,2022-01-01
2,,DEU,,closed,GLOCK,9mm,A2,2010,2022-01-01
END
show 'all together' <<'END'
1,FRA,DEU,purchaser,closed,GLOCK,9mm,A1,2010,2025-01-01
2,FRA,DEU,,closed,GLOCK,9mm,A1,2010,2025-06-01
3,FRA,DEU,established,closed,COLT,.45,B7,1880,2025-06-01
4,FRA,DEU,established,closed,COLT,.45,B8,1980,2025-06-01
5,FRA,DEU,not-traced,closed,COLT,.45,,1980,2025-06-01
6,FRA,DEU,traced,withdrawn,COLT,.45,B9,1980,2025-06-01
7,FRA,DEU,traced,closed,COLT,.45,B9,1980,
END
