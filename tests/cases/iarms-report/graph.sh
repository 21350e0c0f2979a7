# graph.sh - what links draws, as Graphviz reads it: every crime, firearm and country is a node, and nothing is wrong
. "$CASES/lib.sh"
command -v dot > /dev/null || skip "graphviz is not installed"
record=$(iarms-record add owner=FRA category=stolen type=pistol make=glock calibre=9mm serial='A1"\' event_date=2025-01-01 |
	tail -n 1 | cut -d, -f1)
two=$(iarms-record add owner=FRA category=stolen type=pistol make=glock calibre=9mm serial=A2 event_date=2025-01-01 |
	tail -n 1 | cut -d, -f1)
iarms-record seize --country DEU --date 2025-11-01 "$record" "$two" > seized
cat > exhibits.csv <<END
exhibit,case,country,date,record
E1,C1,FRA,2025-01-01,
E2,C1,FRA,2025-01-01,
E3,"C2 ""x"" \\n <b>{|}",DEU,2025-03-01,$record
E4,déjà été,ITA,2025-05-01,
E5,قضية,ITA,2025-05-02,
END
cat > hits.csv <<'END'
probe,candidate,score
E1,E3,80
E2,E3,70
E4,E5,70
END
iarms-report links -x exhibits.csv -o dot hits.csv > graph.dot
dot -Tplain graph.dot 2> said | awk '{ n[$1]++ } END { print n["node"] " nodes, " n["edge"] " edges" }'
grep -v -i font said
dot -Tsvg graph.dot 2> /dev/null | sed -n 's/.*<text [^>]*>\(.*\)<\/text>.*/\1/p' | sort
echo "nothing to draw:"
iarms-report links -o dot --country BEL | dot -Tplain | tail -n 1
