# How `tools/first-time` types commands, checks what they say, and writes both down; sourced, never run.
# shellcheck shell=sh
# shellcheck disable=SC2154  # work, home and port are tools/first-time's

: >"$work/page.md"
: >"$work/output"

# broken WHAT: a step did not go as a first-time user must see it go.
broken() {
    printf 'FAILED: %s\n' "$1" >&2
    sed 's/^/    /' "$work/output" >&2
    exit 1
}

# part ENGLISH 中文: a heading; `says` a paragraph, in both languages.
part() {
    printf '\n## %s / %s\n' "$1" "$2" >>"$work/page.md"
    printf '%s\n' "$1" >&2
}
says() { printf '\n%s\n\n%s\n' "$1" "$2" >>"$work/page.md"; }

# types WHO STATUS COMMAND WORDS…: runs the command as WHO types it. It must end with STATUS, and say each of the WORDS.
types() {
    who=$1 wanted=$2 command=$3
    shift 3
    status=0
    (cd "$home" && exec sh -c "$command") >"$work/output" 2>&1 </dev/null || status=$?
    writes_down "$who" "$command" "$status"
    [ "$status" -eq "$wanted" ] || broken "$command: exit code $status, not $wanted"
    for words; do must_say "$command" "$words"; done
}

must_say() { grep -qF -- "$2" "$work/output" || broken "$1 does not say: $2"; }

# writes_down WHO COMMAND STATUS: into the page, with what the command printed.
writes_down() {
    {
        printf '\n```text\n'
        { printf '%s$ %s\n' "$1" "$2" && cat "$work/output"; } | stable
        [ "$3" -eq 0 ] || printf '[exit code %s]\n' "$3"
        printf '```\n'
    } >>"$work/page.md"
}

# What differs from run to run gets fixed words: folder, port, times, durations, keys, numbers of requests. Progress, which
# only a machine that takes over 10 s sees, goes.
stable() {
    sed -E \
        -e '/^[A-Za-z][A-Za-z, ]*  (<? ?[0-9.]+ %  )?[0-9,]+(\/[0-9,]+)?  [0-9][0-9.,]*\/s  /d' \
        -e "s|$home|~|g" \
        -e "s/:$port([^0-9]|\$)/:2641\\1/g" \
        -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?Z/2026-05-03T08:00:00Z/g' \
        -e 's/(, |，)[0-9][0-9.,]* (µs|ms|s|min|h)(, |，)[0-9][0-9.,]*\/s( — |$)/\1… s\3…\/s\4/' \
        -e 's/(ready, up) .*/\1 …/' \
        -e 's/(HS_PUBKEY, (hex|base64) +)[0-9A-Za-z+\/=]{16,}/\1…/' \
        -e 's/(waiting for the server, up to [0-9]+ s:) .*/\1 …/' \
        -e 's/finished: [0-9,]+ read = [0-9,]+ created (.*) [0-9,]+ not att/finished: … read = … created \1 … not att/' \
        -e 's/[0-9a-f]{16}( +127\.0\.0\.1:)[0-9]+\/tcp +[0-9]+  -( +)[0-9a-f]{12}/KEYKEYKEYKEYKEYK\150000\/tcp  12345678  -\2DIGESTDIGEST/' \
        -e 's/(server or node) +as/\1  as/' \
        -e 's/(log entries) [0-9,]+, (other rows) [0-9,]+/\1 …, \2 …/' \
        -e 's/(source) +(request)  before/\1                \2   before/'
}

# compare_page FRESH KEPT: fails with the differences.
compare_page() {
    diff -u "$2" "$1" >"$work/output" && return 0
    broken "${2##*/} is not what a first-time user sees; if it is as it should be: tools/first-time --transcript"
}
