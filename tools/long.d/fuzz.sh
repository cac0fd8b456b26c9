#!/bin/sh
# Case: every fuzz target for 10 minutes: no crash, no input over 100 ms or 64 MiB
set -eu
seconds=600
# Files is several readers, each on its own.
targets=$(tools/fuzz | cut -d ' ' -f 1 | sed 's/^Files$/Files:toml Files:csv Files:jsonl Files:batch Files:xlsx/' | tr ' ' '\n')
state=$HANJIANG_LONG_STATE
echo "$(echo "$targets" | wc -l) targets, $seconds s each" >"$state/size"
[ -s "$state/result" ] || echo "no target has run" >"$state/result"
tools/fuzz build
for name in $targets; do
    # What ran in an earlier part is not run again.
    [ ! -s "$state/$name.passed" ] || continue
    status=0
    tools/fuzz "$name" "$seconds" >"$state/$name.line" || status=$?
    cat "$state/$name.line"
    if [ "$status" -ne 0 ]; then
        tail -n 1 "$state/$name.line" >"$state/result"
        exit 1
    fi
    mv "$state/$name.line" "$state/$name.passed"
    # "Keys: 163597 inputs, slowest 34.1 ms, most memory 177 KiB" of each: their sum, and the worst.
    cat "$state"/*.passed | awk '{
        inputs += $2; names = names (names == "" ? "" : ", ") $1 " " $2
        if ($5 > slowest) { slowest = $5; slow = $1 }
        if ($9 > memory) { memory = $9; large = $1 }
    } END {
        gsub(/:/, "", names); sub(/:/, "", slow); sub(/:/, "", large)
        printf "%d executions, 0 crashes; slowest input %s ms (%s), most memory %s KiB (%s): %s\n", \
            inputs, slowest, slow, memory, large, names
    }' >"$state/result"
done
cat "$state/result"
