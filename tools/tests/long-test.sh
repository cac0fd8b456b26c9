#!/bin/sh
# tools/long with pretended cases: listing, going on, refusing, and the row it writes.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

tree=$scratch/tree
mkdir -p "$tree/tools/long.d" "$tree/docs"
cp "$here/../long" "$tree/tools/long"
printf '# Long runs\n' >"$tree/docs/long-runs.md"
cat >"$tree/tools/long.d/counting.sh" <<'END'
#!/bin/sh
# Case: counts to two, one part at a time
set -eu
echo x >>"$HANJIANG_LONG_STATE/done"
count=$(wc -l <"$HANJIANG_LONG_STATE/done")
echo "2 steps" >"$HANJIANG_LONG_STATE/size"
echo "$count counted" >"$HANJIANG_LONG_STATE/result"
[ "$count" -ge 2 ] || exit 75
END
cat >"$tree/tools/long.d/broken.sh" <<'END'
#!/bin/sh
# Case: fails
echo "1 | wrong" >"$HANJIANG_LONG_STATE/result"
exit 3
END
cat >"$tree/tools/long.d/waiting.sh" <<'END'
#!/bin/sh
# Case: waits to be let go
touch .build/waiting
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ ! -e .build/let-go ] || exit 0
    sleep 0.5
done
END
git -C "$tree" init --quiet
printf '.build/\n' >"$tree/.gitignore"
git -C "$tree" add --all
git -C "$tree" -c user.name=a -c user.email=a@example.org commit --quiet --message=a
commit=$(git -C "$tree" rev-parse --short=10 HEAD)
long() { "$tree/tools/long" "$@"; }

expect_exit 0 "without a case it lists them" long
expect_says "a case is listed with what it shows" "counting         counts to two, one part at a time"
expect_exit 64 "an unknown case is refused" long nothing
expect_says "the list comes with the refusal" "counting"
expect_exit 64 "a path is no case" long ../long.d/counting
expect_exit 64 "two cases are refused" long counting broken

expect_exit 75 "a part that is done asks for the next" long counting
expect_says "it says how to go on" "Go on: tools/long counting"
expect_exit 0 "the next part goes on where the last one stopped" long counting
expect_says "the row says commit, case, size and result" "| $commit | "
expect_says "the row says commit, case, size and result" "| counting | 2 steps | "
expect_says "the row says commit, case, size and result" " s | passed: 2 counted |"
if tail -n 1 "$tree/docs/long-runs.md" | grep -q 'passed: 2 counted'; then pass; else fail "the row is appended"; fi

expect_exit 75 "a case that has passed begins anew" long counting
expect_exit 75 "--fresh forgets the parts that are done" long --fresh counting

expect_exit 1 "a failing case fails" long broken
expect_says "a failure is a row too, with its bars replaced" " s | FAILED (3): 1 / wrong |"

touch "$tree/more"
expect_exit 1 "a changed tree is told" long broken
expect_says "a changed tree is told" "| $commit, changed |"

long waiting >/dev/null 2>&1 &
waiting=$!
while [ ! -e "$tree/.build/waiting" ]; do
    kill -0 "$waiting"
    sleep 0.1
done
expect_exit 1 "one case at a time" long counting
expect_says "one case at a time" "another long case is running"
touch "$tree/.build/let-go"
wait "$waiting"

finish long
