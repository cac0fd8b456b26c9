#!/bin/sh
# tools/first-time: a step that goes otherwise than expected is found out, and so is a page that differs. With pretended
# programs, as the real ones are not built yet when this runs.
# shellcheck disable=SC2016  # lines for the step to run
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

# ---- how steps are typed and compared

# step LINE…: runs the lines in a folder of their own, with what transcript.sh has.
cat >"$scratch/step" <<'END'
#!/bin/sh
set -eu
work=$(mktemp -d)
home=$work/home port=23456
trap 'rm -rf "$work"' EXIT
mkdir "$home"
. "$TRANSCRIPT"
for line; do eval "$line"; done
cat "$work/page.md"
END
chmod +x "$scratch/step"
export TRANSCRIPT="$here/../first-time.d/transcript.sh"
step() { "$scratch/step" "$@"; }

expect_exit 0 "a step that goes well is written down" step "types user 3 'echo seen; exit 3' see"
expect_says "the command" "user\$ echo seen; exit 3"
expect_says "what it said" "seen"
expect_says "its exit code" "[exit code 3]"
expect_exit 1 "another exit code is found out" step "types user 0 'exit 3'"
expect_says "another exit code is told" "exit 3: exit code 3, not 0"
expect_exit 1 "success where there is to be none is found out" step "types user 6 true"
expect_exit 1 "a word that is missing is found out" step "types user 0 'echo 97 created' '100 created'"
expect_says "the word is told" "does not say: 100 created"
expect_says "and what was said instead" "97 created"

fresh='printf "%s\n" one two >"$work/fresh"'
compare='compare_page "$work/fresh" "$work/kept.md"'
expect_exit 0 "the same page passes" step "$fresh" 'cp "$work/fresh" "$work/kept.md"' "$compare"
expect_exit 1 "another page is found out" step "$fresh" 'echo one >"$work/kept.md"' "$compare"
expect_says "the difference is shown" "+two"
expect_says "and how to write it anew" "kept.md is not what a first-time user sees"
expect_exit 1 "a page that is not there is found out" step "$fresh" "$compare"

# stands TEXT STABLE: TEXT becomes STABLE, in which nothing differs from run to run.
stands() {
    printf '%s\n' "$1" >"$scratch/text"
    expect_exit 0 "what differs is replaced" step "stable <'$scratch/text'"
    expect_last "what differs is replaced" "$2"
}
stands 'at 127.0.0.1:23456 of 23456' 'at 127.0.0.1:2641 of 23456'
stands '2 read = 1 created, 77.7 ms, 1,286/s' '2 read = 1 created, … s, …/s'
stands '读取 2 = 新建 1，2.4 s，1,286/s' '读取 2 = 新建 1，… s，…/s'
stands 'time=2026-11-22T08:12:13.446Z' 'time=2026-05-03T08:00:00Z'
stands 'exporting  45.1 %  4,556/10,101  380/s  15 s left
exported 10,101 records' 'exported 10,101 records'
stands '100 read = 97 created + 3 rejected' '100 read = 97 created + 3 rejected'

# ---- the whole story, with programs that lie

bin=$scratch/bin
mkdir "$bin"
printf '#!/bin/sh\n' >"$bin/idnode"
printf '#!/bin/sh\n[ "$1" != --version ] || echo "idctl 0.1.0"\n' >"$bin/idctl"
chmod +x "$bin/idnode" "$bin/idctl"
# In a tree of their own, whose first step installs nothing.
cp -r "$here/../first-time" "$here/../first-time.d" "$scratch"
printf '#!/bin/sh\n' >"$scratch/install"
chmod +x "$scratch/install"
first_time() { "$scratch/first-time" "$@"; }

expect_exit 1 "programs that say nothing are found out" first_time --programs "$bin"
expect_says "programs that say nothing are found out" "does not say: made data and node.toml"
printf '#!/bin/sh\necho "made data and node.toml"\n' >"$bin/idnode"
expect_exit 1 "a status without a node is found out" first_time --programs "$bin"
expect_says "a status without a node is found out" "exit code 0, not 7"
printf '#!/bin/sh\nexit 1\n' >"$scratch/install"
expect_exit 1 "an installation that fails is found out" first_time --programs "$bin"
expect_says "an installation that fails is found out" "hanjiang/tools/install: exit code 1, not 0"
expect_exit 64 "an unknown flag is a usage error" first_time --often
expect_exit 64 "--programs needs a folder" first_time --programs

finish first-time
