#!/bin/sh
# tools/install with pretended dpkg-query, apt-get and id: what it asks for, and when it keeps quiet.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

bin=$scratch/bin
mkdir "$bin"
cat >"$bin/swift" <<'END'
#!/bin/sh
END
cat >"$bin/dpkg-query" <<'END'
#!/bin/sh
for package; do :; done
case " $PRETEND_MISSING " in *" $package "*) exit 1 ;; esac
printf installed
END
cat >"$bin/id" <<'END'
#!/bin/sh
echo "$PRETEND_UID"
END
cat >"$bin/apt-get" <<'END'
#!/bin/sh
echo "apt-get $*" >>"$PRETEND_LOG"
[ "$PRETEND_APT" = works ] || { echo "E: no route to the archive"; exit 100; }
END
chmod +x "$bin"/*
export PRETEND_MISSING='' PRETEND_UID=0 PRETEND_APT=works PRETEND_LOG="$scratch/apt-log"
: >"$PRETEND_LOG"
install() { PATH="$bin:$PATH" "$here/../install"; }

expect_exit 0 "nothing missing is success" install
expect_silent "nothing missing is silent"
if [ ! -s "$PRETEND_LOG" ]; then pass; else fail "nothing missing must not call apt-get"; fi

PRETEND_MISSING='liblmdb-dev usb.ids'
PRETEND_UID=1000
expect_exit 1 "missing and not root stops" install
expect_last "missing and not root prints the apt line" \
    "sudo apt-get install --yes --no-install-recommends liblmdb-dev usb.ids"
if [ ! -s "$PRETEND_LOG" ]; then pass; else fail "not root must not call apt-get"; fi

PRETEND_UID=0
expect_exit 0 "missing and root installs" install
if grep -q '^apt-get .*install .* liblmdb-dev usb.ids$' "$PRETEND_LOG"; then pass; else
    fail "only what is missing is installed"
fi

PRETEND_APT=broken
expect_exit 1 "a failing apt-get fails" install
expect_says "a failing apt-get is quoted" "no route to the archive"

finish install
