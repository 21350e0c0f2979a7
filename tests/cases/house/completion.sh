# completion.sh - the completion made from --help, in a real bash: words, choices, files, verbs
# shellcheck disable=SC2016
. "$CASES/lib.sh"
cat > plain <<'END'
#!/bin/sh
cat <<HELP
usage: plain [options] [file...]
does something

  -o, --output csv|tsv|json    rows as
  -n, --count N                how many
  -p, --probes FILE            probes
      --picture DIR            pictures
      --all                    each pair
      --an-option-of-great-length one|two
                               text
  -h, --help                   print this help and leave
  -V, --version                print the version and leave
HELP
END
cat > with-verbs <<'END'
#!/bin/sh
case $1 in
--help) printf 'usage: with-verbs VERB\nabout\n\nverbs:\n  add     adds --nothing\n  search  finds\n\n  -h, --help   help\n' ;;
add) printf 'usage: with-verbs add\nadds\n\n  -o, --output csv|tsv   rows as\n      --type pistol|rifle  kind\n  -h, --help   help\n' ;;
search) printf 'usage: with-verbs search\nfinds\n\n  -o, --output json|table   rows as\n  -n, --limit N   most\n' ;;
esac
END
chmod +x plain with-verbs
mkdir scans; touch 'scans/a b.x3p' 'scans/c.x3p'
"$TOP/scripts/completion" ./plain > plain.bash
"$TOP/scripts/completion" ./with-verbs > with-verbs.bash
cat > try.bash <<'END'
source plain.bash
source with-verbs.bash
complete -p plain with-verbs
compopt() { :; }   # it works only while bash itself completes
# What bash would offer for these words, the last of which is being typed.
offers() {
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
	COMPREPLY=()
	"_${1//-/_}"
	printf '%s:' "$*"
	printf '%s\n' "${COMPREPLY[@]}" | sort | sed 's/.*/ <&>/' | tr -d '\n'
	echo
}
offers plain --
offers plain --pic
offers plain -o ''
offers plain --output t
offers plain --output =
offers plain --output = js
offers plain --an-option-of-great-length ''
offers plain -n ''
offers plain --all scans/
offers plain -p scans/a
offers plain --picture sc
offers plain nothing-like-it
offers with-verbs ''
offers with-verbs se
offers with-verbs --
offers with-verbs add --
offers with-verbs add -o ''
offers with-verbs search -o ''
offers with-verbs search --out
offers with-verbs add --type p
offers with-verbs search scans/c
END
bash -u try.bash
bash -n plain.bash && bash -n with-verbs.bash
for p in "$BUILD"/*; do
	[ -x "$p" ] && [ -e "$TOP/cmd/${p##*/}.c" ] || continue
	"$TOP/scripts/completion" "$p" > own.bash && bash -n own.bash || echo "$p: no completion"
done
wants 3 "$TOP/scripts/completion" false
