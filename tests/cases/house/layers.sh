# layers.sh - scripts/layers itself: what keeps to the layers, and each way not to
. "$CASES/lib.sh"
mkdir -p top/scripts top/common/base top/common/file top/common/scan top/common/record top/common/report
cp "$TOP/scripts/layers" top/scripts/
cd top || exit 4
cat > common/LAYERS << 'END'
# layers
base  zlib.h=sum
file
scan  png.h=png
record
report cairo.h=draw
END
line() { printf '/* x */\n%s\n' "$2" > "common/$1"; }
echo "== nothing to check"; try scripts/layers 2> /dev/null
line file/rows.c '#include "base/error.h"'
line base/sum.c '#include <zlib.h>'
line scan/png.c '#include <png.h>'
line record/log.c '#include <stdio.h>'
echo "== good"; try scripts/layers
bad() {
	line "$1" "$2"
	echo "== $1 has $2"
	try scripts/layers
	rm "common/$1"
}
bad base/up.c '#include "file/rows.h"'
bad file/sum.c '#include <zlib.h>'
bad base/crc.c '#include <zlib.h>'
bad record/serial.c '#include "scan/surface.h"'
bad report/page.c '#include "record/log.h"'
bad file/x.c '#include "nowhere/x.h"'
mkdir common/other
bad other/x.c '#include <stdio.h>'
