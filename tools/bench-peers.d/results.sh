#!/bin/sh
# shellcheck disable=SC2154
# What came out of the rounds of tools/bench-peers. Read by it with ".", and shares its names with it.

column() { awk -F'\t' -v who="$1" -v n="$2" '$2 == who { print $n }' "$work/rounds.tsv"; }
median() { column "$1" "$2" | summary | cut -d' ' -f1; }
# ratio CONTESTANT [OURS]: of the node's cost to that of a contestant in each round.
ratio() {
    awk -F'\t' -v who="$1" -v ours="${2:-node}" '$2 == ours { node[$1] = $3 } $2 == who { peer[$1] = $3 }
        END { for (r in node) printf "%.3f\n", node[r] / peer[r] }' "$work/rounds.tsv" | summary
}

# One line for programs.
json() {
    printf '{"udp":{"cpu_us":%s,"ratio_knot":%s,"ratio_nsd":%s,"ratio_echo":%s},"tcp":{"cpu_us":%s,"answers_per_s":%s}}\n' \
        "$(median node 3)" "$(ratio knot | cut -d' ' -f1)" "$(ratio nsd | cut -d' ' -f1)" \
        "$(ratio echo | cut -d' ' -f1)" "$(median node_tcp 3)" "$(median node_tcp 4)"
}

# name CONTESTANT: as people know it, with its version.
name() {
    case $1 in
        echo) echo 'echo in C' ;;
        echo_tcp) echo 'echo in C, TCP' ;;
        node) echo '**node**' ;;
        node_tcp) echo '**node**, TCP, 8 × 64' ;;
        nsd) echo "NSD $(dpkg-query -Wf '${Version}' nsd 2>/dev/null)" ;;
        knot) echo "Knot DNS $(dpkg-query -Wf '${Version}' knot 2>/dev/null)" ;;
        powerdns) echo "PowerDNS, LMDB $(dpkg-query -Wf '${Version}' pdns-backend-lmdb 2>/dev/null)" ;;
    esac
}
# A table for people; times in brackets are the least and the most of all rounds.
table() {
    echo '| contestant | CPU µs/answer | node ÷ it | answers/s | p50 / p99 / p99.9 µs | resident MiB | anonymous MiB | start s | lost |'
    echo '|---|---|---|---|---|---|---|---|---|'
    for contestant in $all; do
        ours=node
        case $contestant in *_tcp) ours=node_tcp ;; esac
        printf '| %s | %s | %s | %.0f | %s / %s / %s | %s | %s | %s | %s |\n' "$(name "$contestant")" \
            "$(column "$contestant" 3 | of_rounds)" \
            "$(ratio "$contestant" $ours | spread)" \
            "$(median "$contestant" 4)" "$(median "$contestant" 9)" "$(median "$contestant" 10)" \
            "$(median "$contestant" 11)" "$(median "$contestant" 7)" "$(median "$contestant" 8)" \
            "$(median "$contestant" 6)" "$(column "$contestant" 5 | awk '{ s += $1 } END { print s + 0 }')"
    done
}

# The costs as bars: a whisker goes from the least to the most.
plot() {
    for contestant in $all; do
        printf '%s\t%s\n' "$(name "$contestant" | tr -d '*')" "$(column "$contestant" 3 | summary | tr ' ' '\t')"
    done | awk -F'\t' '
        { label[NR] = $1; mid[NR] = $2; low[NR] = $3; high[NR] = $4; if ($4 > top) top = $4 }
        function x(value) { return sprintf("%.1f", 210 + value / top * 460) }
        END {
            printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 %d\" font-family=\"sans-serif\" font-size=\"13\">\n", NR * 30 + 60
            print "<title>CPU for an answer</title>"
            print "<text x=\"210\" y=\"20\">CPU µs for an answer, one worker: median, least and most of all rounds</text>"
            for (i = 1; i <= NR; i++) {
                y = i * 30 + 10
                printf "<text x=\"200\" y=\"%d\" text-anchor=\"end\">%s</text>\n", y + 15, label[i]
                printf "<rect x=\"210\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"%s\"/>\n", y, mid[i] / top * 460, label[i] ~ /^node/ ? "#1769aa" : "#9aa5b1"
                printf "<path d=\"M%s %dH%s\" stroke=\"#222\"/>\n", x(low[i]), y + 10, x(high[i])
                printf "<text x=\"%.1f\" y=\"%d\">%.2f</text>\n", x(high[i]) + 6, y + 15, mid[i]
            }
            print "</svg>"
        }'
}
