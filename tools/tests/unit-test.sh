#!/bin/sh
# The systemd unit: understood by systemd, and exposed no more than 2.5 of 10 by its own measure.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

if ! command -v systemd-analyze >/dev/null 2>&1; then
    echo "unit: SKIPPED, no systemd-analyze on this machine"
    exit 0
fi
# Exit code 1 where the exposure is over the threshold, given in tenths.
exposure() { systemd-analyze security --offline=yes --no-pager --threshold=25 "$1"; }

expect_exit 0 "the unit's exposure is at most 2.5" exposure "$here/../../conf/hanjiang-idnode.service"
grep -v -e '^Protect' -e '^Restrict' -e '^SystemCall' -e '^Capability' -e '^Private' \
    "$here/../../conf/hanjiang-idnode.service" >"$scratch/open.service"
expect_exit 1 "a unit without its protection is found out" exposure "$scratch/open.service"
# A setting that systemd does not know is skipped with a remark; none of ours may be.
sed '/^ExecStart=/s,=.*,=/bin/true,' "$here/../../conf/hanjiang-idnode.service" >"$scratch/known.service"
understood() { ! systemd-analyze verify --man=no "$scratch/$1" 2>&1 | grep "$1:"; }
expect_exit 0 "systemd understands every line" understood known.service
sed 's/^ProtectClock=/ProtectClocks=/' "$scratch/known.service" >"$scratch/misspelt.service"
expect_exit 1 "a misspelt setting is found out" understood misspelt.service

finish unit
