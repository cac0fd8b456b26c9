#!/bin/sh
# Case: 14 nodes, 100,000 identifiers found from every level by UDP and TCP, each node killed in turn (F1)
set -eu
identifiers=100000
set -- --once
if [ "${HANJIANG_LONG_SMALL:-no}" = yes ]; then
    identifiers=1000
    set -- --quick
fi
if [ -n "${HANJIANG_LONG_BIN:-}" ]; then set -- "$@" --programs "$HANJIANG_LONG_BIN"; fi
echo "14 nodes, $identifiers identifiers" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
log=$HANJIANG_LONG_STATE/log
status=0
tools/run-federation "$@" --lang en >"$HANJIANG_LONG_STATE/summary" 2>"$log" || status=$?
cat "$log" "$HANJIANG_LONG_STATE/summary"
# The longest that anybody waited for an answer while a node was gone.
longest=$(sed -n 's/.*longest \([0-9]*\) ms.*/\1/p' "$log" | sort -n | tail -n 1)
seconds=$(sed -n 's/ s in all$//p' "$log")
echo "$(tail -n 1 "$HANJIANG_LONG_STATE/summary"); in ${seconds:-?} s; longest wait while a node was gone ${longest:-?} ms" \
    >"$HANJIANG_LONG_STATE/result"
exit "$status"
