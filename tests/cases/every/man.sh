# man.sh - every option, verb and exit status is in the man page, and the page is well made
. "$CASES/lib.sh"
page=$TOP/man/$PROGRAM.1
[ -e "$page" ] || { echo "no man page"; exit 1; }
for v in '' $(verbs); do
	# shellcheck disable=SC2086  # no verb is no argument
	"$PROGRAM" $v --help | grep -oE '^ +(-., )?--[a-z0-9-]+' | grep -oE -e '--.*'
done | sort -u | while read -r option; do
	grep -qE "Fl -${option#--}( |\$)" "$page" || echo "not in the man page: $option"
done
for v in $(verbs); do
	grep -qE "(Cm|Ic|Nm|Ss|Sx) (.* )?$v( |\$)" "$page" || echo "not in the man page: $v"
done
for section in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
	grep -q "^\.Sh $section" "$page" || echo "no section $section"
done
