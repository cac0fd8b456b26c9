#!/bin/sh
# The commit that a build puts into the programs: the right one, written only when it changes.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

tree=$scratch/tree
made=$scratch/made
mkdir -p "$tree/tools" "$made"
cp "$here/../write-commit" "$tree/tools/"
file=$made/BuildCommit.swift
write() { HANJIANG_COMMIT=${1:-} GIT_CEILING_DIRECTORIES=$scratch "$tree/tools/write-commit" "$made"; }
says() { grep -q "static let text = \"$1\"" "$file"; }

expect_exit 0 "without git it is written" write
expect_exit 0 "and unknown" says unknown
expect_exit 0 "a package names it" write 1.2-3
expect_exit 0 "and is believed" says 1.2-3
expect_exit 0 "what would be code is not taken" write '"; exit'
expect_exit 0 "but unknown" says unknown

git -C "$tree" init --quiet
git -C "$tree" add .
git -C "$tree" -c user.name=a -c user.email=a@example.org commit --quiet --message one
commit=$(git -C "$tree" rev-parse --short=12 HEAD)
expect_exit 0 "in a checkout it is written" write
expect_exit 0 "as git says" says "$commit"
touch -d '2020-01-01' "$file"
expect_exit 0 "it is asked for again" write
expect_exit 1 "and not written again" test "$file" -nt "$here/../write-commit"
echo '# changed' >>"$tree/tools/write-commit"
expect_exit 0 "with a changed file it is written" write
expect_exit 0 "with a mark" says "$commit+"
expect_exit 64 "a folder is needed" "$tree/tools/write-commit"

finish write-commit
