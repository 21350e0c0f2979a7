# answers.sh - many answers from a table: all of them or none, and all that is wrong is said
. "$CASES/lib.sh"
printf 'from,to,make,serial\nFRA,DEU,Colt,1\nFRA,DEU,Colt,2\nFRA,ITA,Colt,3\nFRA,DEU,Colt,4\n' > rows.csv
iarms-trace submit --use u --legal-basis l --circumstances c -o tsv -c id < rows.csv | sed 1d > ids
one=$(sed -n 1p ids) two=$(sed -n 2p ids) three=$(sed -n 3p ids) four=$(sed -n 4p ids)
names() { sed "s/$one/ONE/; s/$two/TWO/; s/$three/THREE/; s/$four/FOUR/"; }
answer() { iarms-trace answer --as DEU --rows "$@" -c id,state,outcome,untraced,chain,restrictions,text 2> said; echo "status $?"; names < said; }
states() { iarms-trace list -o tsv -c serial,state,outcome | sed 1d; }
echo "== some are wrong: none is answered"
cat > answers.csv <<EOF
id,outcome,why,chain,text
$one,dealer,,1999|Colt|A; 2001|A|B,
$two,not-traced,,,
$three,dealer,,,
$one,dealer,,,
$four,dealer,,3000|a|b,
FRA26-EPH8-0V40,dealer,,,
no name,dealer,,,
EOF
answer < answers.csv | names; states
echo "== unless they are left out"
answer -k -r 'not as evidence' < answers.csv | names; states
echo "== filled in from a list"
iarms-trace list --as DEU --incoming --state submitted | sed 's/,$/,purchaser/' | answer | names; states
iarms-trace notices -o tsv -c to,kind,state | sed 1d | sort | uniq -c | sed 's/^ *//'
echo "== tables of another kind"
printf 'a,b\n1,2\n' | answer
printf 'id,colour\n1,2\n' | answer
printf 'id,outcome,outcome\n' | answer
printf 'id,outcome\n' | answer
printf 'id;outcome\n1;dealer\n' | answer
printf 'id,outcome\n1\n' | answer
answer < /dev/null
answer x < /dev/null
iarms-trace answer -k "$one"; echo "status $?"
iarms-trace verify > found 2>&1; echo "status $?"
iarms-access audit --verify > verified || cat verified
