#!/bin/sh
# tools/check-tidy must be able to fail: a small repository, each time with one forbidden thing.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

fixture=$scratch/repository
sound() {
    rm -rf "$fixture"
    mkdir -p "$fixture/Sources/Thing" "$fixture/tools" "$fixture/Tests/Vectors"
    git -C "$fixture" init --quiet
    printf 'let answer = 42\n' >"$fixture/Sources/Thing/Thing.swift"
    printf '# nothing\n' >"$fixture/tools/tidy-exceptions"
}
tidy() { "$here/../check-tidy" "$fixture"; }

# repeat COUNT TEXT
repeat() { awk -v count="$1" -v text="$2" 'BEGIN { for (i = 0; i < count; i++) print text }'; }

# refuses CLAIM PATH EXPECTED-TEXT: writes standard input to PATH of a sound repository; tidy must name it.
refuses() {
    sound
    mkdir -p "$(dirname "$fixture/$2")"
    cat >"$fixture/$2"
    expect_exit 1 "$1 fails" tidy
    expect_says "$1 is named" "$3"
}

# allows CLAIM PATH
allows() {
    sound
    mkdir -p "$(dirname "$fixture/$2")"
    cat >"$fixture/$2"
    expect_exit 0 "$1 passes" tidy
}

sound
expect_exit 0 "a sound repository passes" tidy
expect_silent "a sound repository is silent"

source=Sources/Thing/Other.swift
long=$(repeat 1 x | awk '{ for (i = 0; i < 121; i++) printf "x"; print "" }')

echo "// $long" | refuses "a long line" $source "$source:1: line-length: 124 columns"
echo "$long" | allows "a long line of text" docs/a.md
echo "| $long |" | allows "a long row of a table" docs/a.md
echo "// ${long%????}" | allows "a line of 120 columns" $source

for word in TO,DO FIX,ME X,XX HA,CK; do
    marker=${word%,*}${word#*,}
    echo "// $marker later" | refuses "$marker" $source "'$marker': do it"
    echo "<!-- $marker -->" | refuses "$marker in text" docs/a.md "docs/a.md:1: marker"
    echo "let x${marker}x = 1" | allows "$marker inside a word" $source
done

for trap in 'let a = try! b()' 'let a = b as! C' 'fatalError("no")'; do
    echo "$trap" | refuses "'$trap'" $source "unexplained-trap"
    printf '// It cannot fail: why.\n%s\n' "$trap" | allows "an explained '$trap'" $source
    echo "$trap  // It cannot fail: why." | allows "'$trap' explained beside it" $source
    echo "// $trap" | allows "'$trap' in a comment" $source
done
echo 'let text = "try! \(a ?? "as!") fatalError("' | allows "a trap in a string" $source

echo 'final class A: @unchecked Sendable {}' | refuses "@unchecked Sendable" $source "unexplained-unchecked"
printf '// One thread owns it.\nfinal class A: @unchecked Sendable {}\n' |
    allows "explained @unchecked Sendable" $source

for name in StringUtils TestHelper Helpers ConnectionManager Common Misc; do
    echo 'let a = 1' | refuses "a file $name" "Sources/Thing/$name.swift" "$name.swift: file-name"
done
echo 'let a = 1' | allows "a file Community" "Sources/Thing/Community.swift"

echo 'let a = b.lowercased()' | refuses "lowercased" $source "case-folding"
echo 'let a = b.uppercased()' | refuses "uppercased" $source "case-folding"
echo 'let a = b.lowercased()' | allows "lowercased in a test" Tests/ThingTests/A.swift

for place in tmp work root home; do
    echo "see \"/$place/somebody/x\"" | refuses "a path in /$place" docs/a.md "docs/a.md:1: machine-path"
done
# shellcheck disable=SC2016  # text, not for this shell
echo 'see ${TMPDIR:-/tmp}, $dir/mnt/x, https://x.org/home/, /var/lib/hanjiang/data, /etc/hanjiang' |
    allows "paths of the system" docs/a.md

head -c 600000 /dev/zero | refuses "a blob" Sources/Thing/a.bin "a.bin: blob: 600000 bytes"
head -c 600000 /dev/zero | allows "a large vector file" Tests/Vectors/a.bin

sound
mkdir "$fixture/.build"
echo x >"$fixture/.build/x"
echo x >"$fixture/Package.resolved"
git -C "$fixture" add --force .build Package.resolved
expect_exit 1 "tracked build products fail" tidy
expect_says "a tracked .build is named" ".build/x: build-product"
expect_says "a tracked Package.resolved is named" "Package.resolved: build-product"

repeat 501 '// a line' | refuses "a file of 501 lines" $source "$source: long-file: 501 lines"
repeat 500 '// a line' | allows "a file of 500 lines" $source

# function LINES: a function of that many lines, with braces in strings and comments to stumble over.
function_of() {
    printf 'protocol P { func before(); func other(a: () -> Void) }\n'
    printf 'func long(_ a: Int = { 1 }()) {  // }\n    let a = "}\\(b { "}" })"\n'
    repeat $(($1 - 3)) '    work()'
    printf '}\n'
}
function_of 71 | refuses "a function of 71 lines" $source "$source:2: long-function: long has 71 lines"
function_of 70 | allows "a function of 70 lines" $source
{ echo 'struct S {' && function_of 71 | sed 's/func long(.*{  /init() {  /' && echo '}'; } |
    refuses "an initialiser of 71 lines" $source "long-function: init has 71 lines"

sound
function_of 71 >"$fixture/$source"
echo "long-function $source:long a table reads best in one piece" >"$fixture/tools/tidy-exceptions"
expect_exit 0 "an excused function passes" tidy
echo "long-function $source:long" >"$fixture/tools/tidy-exceptions"
expect_exit 1 "an excuse without a reason fails" tidy
function_of 70 >"$fixture/$source"
echo "long-function $source:long a table reads best in one piece" >"$fixture/tools/tidy-exceptions"
expect_exit 1 "an excuse for nothing fails" tidy
expect_says "an excuse for nothing is named" "tools/tidy-exceptions:1: exception"

# tells PAGE-LINE: a program with the message E-THING-002, and its page.
tells() {
    sound
    mkdir -p "$fixture/Sources/idctl" "$fixture/docs"
    echo 'let a = UserMessage("E-THING-002", english: "it broke", chinese: "出错")' >"$fixture/Sources/idctl/A.swift"
    printf '%s\n' "$1" >"$fixture/docs/idctl.md"
}
for row in '| `E-THING-002` | broken |' '| `E-THING-001` … `004` | broken |' '| `E-THING-001`, `002` | broken |'; do
    tells "$row"
    expect_exit 0 "a message told as $row passes" tidy
done
for row in '| E-THING-002 |' '| `E-THING-003` … `004` |' '| `E-THING-…` |' '| `E-OTHER-001` … `004` |' '| `W-THING-002` |'; do
    tells "$row"
    expect_exit 1 "a message told as $row fails" tidy
    expect_says "it is named" "Sources/idctl/A.swift:1: message-page: E-THING-002 is not told in docs/idctl.md"
done
tells '| `E-THING-…` | see there |'
echo 'code `E-THING-002`' >"$fixture/docs/there.md"
expect_exit 0 "a message told on another page that is named passes" tidy
rm "$fixture/docs/idctl.md"
expect_exit 1 "a message told on another page alone fails" tidy
tells '| `E-THING-002` |'
echo 'let b = "E-THING-002"' >"$fixture/Sources/Thing/B.swift"
expect_exit 1 "a code for two messages fails" tidy
expect_says "the two places are named" "message-code: E-THING-002 is taken: Sources/"
echo 'let b = LocalizedText(english: "it broke", chinese: "it broke")' |
    refuses "Chinese without Chinese" $source "message-language: chinese “it broke” has no Chinese"
echo 'let b = LocalizedText(english: "出错", chinese: "出错")' |
    refuses "English with Chinese" $source "message-language: english “出错” has Chinese"
echo 'let b = LocalizedText(english: "", chinese: "出错")' | refuses "an empty wording" $source "says nothing"
echo 'let b = LocalizedText(english: "???", chinese: "出错")' | refuses "a placeholder" $source "is not finished"
# shellcheck disable=SC2028  # for Swift, not for this shell
echo 'let b = LocalizedText(english: "\(word)", chinese: "\(word)：UDP")' | allows "what is put in" $source

finish check-tidy
