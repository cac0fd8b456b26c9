#!/bin/sh
# O5: the restore drill. Checks a backup, restores it on an empty directory, reads all of it again, and exports it.
# With a file: that backup, by the programs on the PATH or in .build/release. Without: one that is made for it, beside a
# running node.
# Usage: tools/tests/restore-drill.sh [FILE]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
for build in release debug; do
    [ -x "$root/.build/$build/idctl" ] && PATH=$root/.build/$build:$PATH && break
done
work=$(mktemp -d)
node=
finish() {
    [ -z "$node" ] || kill "$node" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

make_one() {
    idnode init --prefix 88.118 --data "$work/data" --config "$work/node.toml" >/dev/null
    printf '\n[[listen]]\naddress = "127.0.0.1"\nport = 0\n' >>"$work/node.toml"
    idctl prefix home --data "$work/data" 88.118.8 >/dev/null
    awk 'BEGIN { print "identifier,1:URL"; for (i = 0; i < 5000; i++) printf "88.118.8/%d,https://example.org/%d\n", i, i }' \
        >"$work/parts.csv"
    idctl import --data "$work/data" --no-verify "$work/parts.csv" 2>/dev/null
    idnode run --config "$work/node.toml" 2>"$work/log" &
    node=$!
    until grep -q 'message=ready' "$work/log"; do
        kill -0 "$node"
        sleep 0.1
    done
    idctl backup --config "$work/node.toml" --to "$work/made.backup"
}

if [ $# -gt 0 ]; then
    file=$1
else
    make_one
    file=$work/made.backup
fi
idctl restore "$file" --check
idctl restore "$file" --data "$work/restored"
idctl verify-db --data "$work/restored" --compare-log
idctl export --data "$work/restored" --format jsonl --output "$work/restored.jsonl"
if [ -n "$node" ]; then
    kill "$node"
    wait "$node"
    node=
    idctl export --data "$work/data" --format jsonl --output "$work/source.jsonl"
    cmp "$work/source.jsonl" "$work/restored.jsonl"
fi
echo "the restore drill passed: $(wc -l <"$work/restored.jsonl") records"
