#!/bin/sh
# shellcheck disable=SC2154
# How tools/bench-peers measures. Read by it with ".", and shares its names with it.

hertz=$(getconf CLK_TCK)
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.3f", b - a }'; }
# The first member of that name is the whole run's; a percentile among the lost is null.
field() { grep -o "\"$2\":[0-9a-z.]*" "$1" | head -n 1 | cut -d : -f 2; }

# Process $1 and all that it started.
family() {
    echo "$1"
    cat "/proc/$1"/task/*/children 2>/dev/null | tr ' ' '\n' | while read -r child; do
        [ -z "$child" ] || family "$child"
    done
}
# Jiffies of user and system time of process $1 with all its threads, and of all that it started.
jiffies() {
    for member in $(family "$1"); do sed 's/.*) //' "/proc/$member/stat"; done |
        awk '{ sum += $12 + $13 } END { print sum }'
}
# Resident MiB of process $1 and all that it started, a shared page once: all, and what maps no file.
memory() {
    for member in $(family "$1"); do cat "/proc/$member/smaps_rollup"; done |
        awk '$1 == "Pss:" { all += $2 } $1 == "Pss_Anon:" { own += $2 }
            END { printf "%.0f\t%.0f", all / 1024, own / 1024 }'
}
# A port that neither UDP nor TCP uses, from 20000 up, below those the kernel gives away.
free_port() {
    candidate=$((${candidate:-20000} + 1))
    while grep -qi ":$(printf %04X "$candidate") " /proc/net/udp /proc/net/tcp /proc/net/udp6 /proc/net/tcp6; do
        candidate=$((candidate + 1))
    done
    echo "$candidate"
}
idle() { awk '$1 == "cpu" { print $5 + $6 }' /proc/stat; }
# Waits until the machine does little else, at most $patience seconds.
calm() {
    waited=0
    while [ "$waited" -lt $((patience * 2)) ]; do
        was=$(idle)
        sleep 0.5
        [ $(($(idle) - was)) -lt $((hertz * $(nproc) * 4 / 10)) ] || return 0
        waited=$((waited + 1))
    done
}

# load SERVER OPTION...: asks SERVER at random; the result is in $work/load.
load() {
    $second "$bin/idload" "$@" --json --keys uniform >"$work/load" 2>"$work/load.err" || {
        cat "$work/load.err" >&2
        exit 1
    }
}

# ask CONTESTANT PORT SECONDS: one idload for all, the same number of questions outstanding on as many sockets; its
# result is in $work/load. Over TCP the node has 8 connections of 64 questions.
ask() {
    asked=$work/identifiers.txt
    set -- "$1" "127.0.0.1:$2" --seconds "$3"
    case $1 in
        nsd | knot | powerdns) asked=$work/names ;;
    esac
    case $1 in
        nsd | knot | powerdns) set -- "$@" --protocol dns --dns-type TXT --closed "$outstanding" ;;
        *_tcp) set -- "$@" --protocol tcp --connections 8 --closed 512 ;;
        *) set -- "$@" --closed "$outstanding" ;;
    esac
    shift
    load "$@" --replay "$asked"
}

# cost PID COMMAND...: CPU µs of process PID for each answer that idload, run by COMMAND, tells of in $work/load.
cost() {
    observed=$1
    shift
    before=$(jiffies "$observed")
    "$@"
    awk -v j=$(($(jiffies "$observed") - before)) -v h="$hertz" -v n="$(field "$work/load" answered)" \
        'BEGIN { printf "%.3f", j / h * 1e6 / n }'
}

# measure CONTESTANT PID PORT: a line of rounds.tsv.
measure() {
    # What is mapped is measured out of memory; some machines drop a file's pages when they are idle for a while.
    case $1 in
        node*) cat "$work/data/"*.lmdb >/dev/null ;;
        powerdns) cat "$work/powerdns/"*.lmdb* >/dev/null ;;
    esac
    calm
    ask "$1" "$3" 1
    cost=$(cost "$2" ask "$1" "$3" "$seconds")
    printf '%s\t%s\t%s\t%.0f\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$round" "$1" "$cost" "$(field "$work/load" rate)" \
        "$(field "$work/load" lost)" "$(cat "$work/start.${1%_tcp}")" "$(memory "$2")" "$(field "$work/load" p50_us)" \
        "$(field "$work/load" p99_us)" "$(field "$work/load" p99_9_us)" "$(cut -d' ' -f1 /proc/loadavg)" \
        >>"$work/rounds.tsv"
}

# Reads numbers, prints median, least and most.
summary() {
    sort -n | awk '{ v[NR] = $1 } END {
        print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2, v[1], v[NR] }'
}
# Median, least and most as people read them; the same of numbers.
spread() { awk '{ printf "%.2f (%.2f to %.2f)", $1, $2, $3 }'; }
of_rounds() { summary | spread; }
