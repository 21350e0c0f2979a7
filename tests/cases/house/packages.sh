# packages.sh - what scripts/install-packages does when all is there, something is missing, nobody may
. "$CASES/lib.sh"
mkdir -p top/scripts real fake
cp "$TOP/scripts/install-packages" top/scripts/
cd top || exit 4
printf '# for package sign\nbuild tool-a command:tool-a\nbuild tool-b command:tool-b\ncheck tool-c command:tool-c\n' > scripts/packages
# real/ has links to the commands it may find; fake/ comes first and has no links, for what is written
# there must not go through one
tool() { rm -f "../fake/$1"; printf '#!/bin/sh\n%s\n' "$2" > "../fake/$1"; chmod +x "../fake/$1"; }
for c in sh grep cat tr mktemp rm id env chmod printf touch; do
	ln -s "$(command -v $c)" "../real/$c" 2> /dev/null
done
install() { PATH=$PWD/../fake:$PWD/../real sh -c '. scripts/install-packages; install_packages "$@"; echo done' sh "$@" 2>&1; }
tool tool-a ''; tool tool-b ''
echo "== all there: apt-get is not called"
tool apt-get 'echo called; exit 1'
try install build
echo "== one missing, as root"
tool id 'echo 0'
# shellcheck disable=SC2016
tool apt-get 'echo "noise"; for last; do :; done
case "$*" in *update) exit 0 ;; esac
printf "#!/bin/sh\n" > "${0%/*}/$last"; chmod +x "${0%/*}/$last"'
try install build check
rm ../fake/tool-b ../fake/tool-c
echo "== not root, sudo"
tool id 'echo 1000'
# shellcheck disable=SC2016
tool sudo '[ "$1" = -n ] || echo "asks for a password"; shift; exec "$@"'
try install build
rm ../fake/tool-b ../fake/sudo
echo "== not root, no sudo"
try install build
echo "== it fails"
tool id 'echo 0'
tool apt-get 'echo "E: no network"; exit 100'
try install build
echo "== it says it went well, but nothing came"
tool apt-get 'exit 0'
try install build
echo "== no apt-get"
rm ../fake/apt-get
try install build check
