#!/bin/sh
# O4: conf/alerts.yml and docs/operating.md name only metrics that the node writes, and each alert says what to do.
# The names are read from the sources, by the rule of MetricsText.swift and of snakeCaseName in StatusReport.swift.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$here/../..
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

# Cases of Metric: those after the mark are gauges, all others counters; a capital becomes _ and its small letter.
metric_names() {
    awk '
        /^ *\/\/ Gauges\./ { ending = "" }
        BEGIN { ending = "_total" }
        /^package enum Metric/ { inside = 1 }
        inside && /^$/ { exit }
        inside && /^ *case / {
            sub(/^ *case /, "")
            count = split($0, cases, /, */)
            for (i = 1; i <= count; i++) {
                name = ""
                wasCapital = 0
                for (k = 1; k <= length(cases[i]); k++) {
                    letter = substr(cases[i], k, 1)
                    isCapital = letter ~ /[A-Z]/
                    name = name (isCapital && !wasCapital ? "_" : "") tolower(letter)
                    wasCapital = isCapital
                }
                print "hanjiang_" name ending
            }
        }' "$root/Sources/Transport/Metric.swift"
}

# Names that stand in MetricsText and its parts by themselves.
text_names() {
    grep -oE 'gauge\("[a-z_]+"' "$root/Sources/idnode/MetricsText.swift" | sed 's/gauge("\(.*\)"/hanjiang_\1/'
    grep -ohE 'hanjiang_[a-z]+[a-z_]*' "$root"/Sources/idnode/MetricsText*.swift
}

# Rows of the tables "counters" and "gauges", and counters by themselves.
table_names() {
    awk '
        /let counters: / { ending = "_total" }
        /let gauges: / { ending = "" }
        /^ *\]$/ { ending = "none" }
        BEGIN { ending = "none" }
        ending != "none" {
            count = split($0, parts, /\("/)
            for (i = 2; i <= count; i++) {
                name = parts[i]
                sub(/".*/, "", name)
                print "hanjiang_" name ending
            }
        }' "$root"/Sources/idnode/MetricsText+*.swift
    grep -ohE '(counter|gauge)\("[a-z_]+"' "$root"/Sources/idnode/MetricsText+*.swift |
        sed 's/gauge("\(.*\)"/hanjiang_\1/; s/counter("\(.*\)"/hanjiang_\1_total/'
}

{ metric_names; text_names; table_names; } | LC_ALL=C sort -u >"$scratch/known"

# known_only FILE: prints the metric names in FILE that the node does not write; fails if there are any.
known_only() {
    grep -oE 'hanjiang_[a-z_]+' "$1" | LC_ALL=C sort -u >"$scratch/used"
    LC_ALL=C comm -23 "$scratch/used" "$scratch/known" >"$scratch/unknown"
    cat "$scratch/unknown"
    [ -s "$scratch/used" ] && [ ! -s "$scratch/unknown" ]
}

# advised FILE: every alert has an expression, a summary and an action.
advised() {
    alerts=$(grep -c '^ *- alert: ' "$1")
    for part in expr summary action; do
        [ "$(grep -c "^ *$part: [^ ]" "$1")" -eq "$alerts" ] || return 1
    done
    [ "$alerts" -gt 0 ]
}

# The names were found, of each kind.
for name in hanjiang_datagrams_received_total hanjiang_answers_prefix_referral_total hanjiang_connections_open \
    hanjiang_storage_readable hanjiang_resolutions_received_today hanjiang_log_lines_lost_total hanjiang_proofs_failed_total \
    hanjiang_challenges_evicted_total hanjiang_administration_bytes hanjiang_key_jobs_refused_total; do
    if grep -qx "$name" "$scratch/known"; then pass; else fail "$name is read from the sources"; fi
done

expect_exit 0 "the alerts name only metrics that exist" known_only "$root/conf/alerts.yml"
expect_exit 0 "every alert says what to do" advised "$root/conf/alerts.yml"
expect_exit 0 "docs/operating.md names only metrics that exist" known_only "$root/docs/operating.md"

sed 's/hanjiang_accept_failures_total/hanjiang_accept_failure_total/' "$root/conf/alerts.yml" >"$scratch/misspelt.yml"
expect_exit 1 "a misspelt metric is found out" known_only "$scratch/misspelt.yml"
expect_says "a misspelt metric is named" hanjiang_accept_failure_total
sed 's/hanjiang_accept_failures_total/hanjiang_accept_failures/' "$root/conf/alerts.yml" >"$scratch/kind.yml"
expect_exit 1 "a counter without its ending is found out" known_only "$scratch/kind.yml"
sed '0,/^ *action:/{/^ *action:/d}' "$root/conf/alerts.yml" >"$scratch/silent.yml"
expect_exit 1 "an alert without advice is found out" advised "$scratch/silent.yml"
echo 'groups: []' >"$scratch/empty.yml"
expect_exit 1 "a file without any metric is no success" known_only "$scratch/empty.yml"

finish alerts
