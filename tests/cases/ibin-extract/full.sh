# full.sh - signatures, not only their list, on a full device, a closed pipe, no standard output at all
. "$CASES/lib.sh"
make-case --seed 3 --shots 1 --output scans > made || cat made
wants 4 ibin-extract scans/F001-S1.x3p > /dev/full
wants 4 ibin-extract scans/F001-S1.x3p >&-
mkfifo pipe
# shellcheck disable=SC2094
exec 3<> pipe 4> pipe 3<&-   # its only reader is closed
trap '' PIPE
wants 4 ibin-extract scans/F001-S1.x3p >&4
trap - PIPE
exec 4>&-
# no picture may take the place of standard output
mkdir pictures
wants 4 ibin-extract --picture pictures scans/F001-S1.x3p >&- 2> message
head -c 4 pictures/*.png | od -An -c
