# What the tests of our own tools share; sourced, never run.
# shellcheck shell=sh

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Counted in files, as many expectations run in a subshell at the end of a pipe.
: >"$scratch/passed"
: >"$scratch/failed"

pass() { echo >>"$scratch/passed"; }

fail() {
    echo >>"$scratch/failed"
    printf 'FAILED: %s\n' "$1" >&2
    [ ! -s "$scratch/output" ] || sed 's/^/    /' "$scratch/output" >&2
}

# expect_exit STATUS CLAIM COMMAND…: runs the command, keeps what it printed for `expect_says`.
expect_exit() {
    expected=$1 claim=$2
    shift 2
    status=0
    "$@" >"$scratch/output" 2>&1 </dev/null || status=$?
    if [ "$status" -eq "$expected" ]; then pass; else fail "$claim (exit $status, expected $expected)"; fi
}

# expect_says CLAIM TEXT: the last command printed TEXT somewhere.
expect_says() {
    if grep -qF -- "$2" "$scratch/output"; then pass; else fail "$1 (nothing says: $2)"; fi
}

# expect_last CLAIM TEXT: TEXT is the whole last line that the last command printed.
expect_last() {
    if [ "$(tail -n 1 "$scratch/output")" = "$2" ]; then pass; else fail "$1 (last line is not: $2)"; fi
}

expect_silent() {
    if [ ! -s "$scratch/output" ]; then pass; else fail "$1 (it printed something)"; fi
}

finish() {
    printf '%s: %d passed, %d failed\n' "$1" "$(wc -l <"$scratch/passed")" "$(wc -l <"$scratch/failed")"
    [ ! -s "$scratch/failed" ]
}
