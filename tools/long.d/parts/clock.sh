#!/bin/sh
# Another wall clock for programs, by Debian's libfaketime; the one that only goes ahead stays the machine's. Read by cases
# with ".", which set $work, its folder, before they use it, and call end_clock at their end.
# shellcheck disable=SC2034,SC2154  # work is the case's

clock_library=$(find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1)
if [ -z "$clock_library" ]; then
    echo "libfaketime is needed: apt-get install faketime" >&2
    exit 69
fi
clock_holders=
# Programs look at each use where the clock stands, unless the case says that once a second will do.
clock_reading=FAKETIME_NO_CACHE=1
clock_reading_seldom=FAKETIME_CACHE_DURATION=1

# set_clock SECONDS: how far it is from the machine's.
set_clock() {
    printf '%+d\n' "$1" >"$work/clock.next"
    mv "$work/clock.next" "$work/clock"
}

# hold_clock: makes what one process and its descendants share of it. Left to itself the library moves the environment, by
# which Swift's programs find their arguments: its shared memory is made beforehand, and stays until end_clock.
hold_clock() {
    rm -f "$work/shared"
    # shellcheck disable=SC2016
    faketime -f +0 sh -c 'echo "$$ $FAKETIME_SHARED" >"$0.next" && mv "$0.next" "$0" && exec sleep 21600' "$work/shared" \
        2>/dev/null &
    until [ -s "$work/shared" ]; do sleep 0.1; done
    read -r holder clock_shared <"$work/shared"
    clock_holders="$clock_holders $holder"
}

# by_clock COMMAND…: in the shell's place.
by_clock() {
    exec env LD_PRELOAD="$clock_library" FAKETIME_SHARED="$clock_shared" FAKETIME_TIMESTAMP_FILE="$work/clock" \
        "$clock_reading" FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 "$@"
}

end_clock() {
    for holder in $clock_holders; do kill "$holder" 2>/dev/null || true; done
    clock_holders=
}
