#!/bin/sh
# tools/fuzz with a pretended compiler: what is built again, how a run is summed up, when it fails.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

bin=$scratch/bin
tree=$scratch/tree
mkdir -p "$bin" "$tree/tools" "$tree/Tests/Fuzz/Harness" "$tree/Tests/Fuzz/One" "$tree/Tests/Fuzz/Two"
cp "$here/../fuzz" "$tree/tools/fuzz"
for module in ResolutionProtocol Cryptography NodeConfiguration RecordFiles Authentication Resolution; do
    mkdir -p "$tree/Sources/$module"
    : >"$tree/Sources/$module/A.swift"
done
for name in One Two; do
    echo "# Fuzz target: what $name reads" >"$tree/Tests/Fuzz/$name/target"
    : >"$tree/Tests/Fuzz/$name/A.swift"
done
: >"$tree/Tests/Fuzz/Harness/Bounds.c"
# Writes what it is asked for: an object, or a target that says what a run says.
cat >"$bin/swiftc" <<'END'
#!/bin/sh
previous=
for argument; do
    [ "$previous" != -o ] || product=$argument
    previous=$argument
done
echo "compiled $product"
cat >"$product" <<'TARGET'
#!/bin/sh
echo "bounds: 12 inputs, slowest 3.4 ms, most memory 56 KiB" >&2
[ "${PRETEND_CRASH:-}" != "$(basename "$0")" ] || exit 77
TARGET
chmod +x "$product"
END
cp "$bin/swiftc" "$bin/clang"
printf '#!/bin/sh\n: >"$2"\n' >"$bin/ar"
chmod +x "$bin"/*
fuzz() { PATH="$bin:$PATH" "$tree/tools/fuzz" "$@"; }

expect_exit 0 "without a target it lists them" fuzz
expect_says "a target is listed with what it reads" "One              what One reads"
expect_exit 64 "an unknown target is refused" fuzz Three 1
expect_exit 64 "a target needs seconds or a file" fuzz One

expect_exit 0 "all is built" fuzz build
expect_says "a module is compiled" "compiled .build/fuzz/Resolution.o"
expect_says "a target is compiled" "compiled .build/fuzz/Two"
expect_exit 0 "what is built is not built again" fuzz build
expect_silent "what is built is not built again"
sleep 1
echo "//" >"$tree/Tests/Fuzz/One/A.swift"
expect_exit 0 "a source that has changed is compiled" fuzz build
expect_last "a source that has changed is compiled, and no other" "compiled .build/fuzz/One"

expect_exit 0 "a run says what it did" fuzz One 1
expect_last "a run says what it did" "One: 12 inputs, slowest 3.4 ms, most memory 56 KiB"
expect_exit 0 "all targets run" fuzz all 2
expect_says "all targets run" "One: 12 inputs"
expect_says "all targets run" "Two: 12 inputs"
export PRETEND_CRASH=One
expect_exit 1 "a crash fails" fuzz One 1
expect_says "a crash fails" "One: FAILED (77)"
expect_exit 1 "a crash of one target fails all" fuzz all 2
expect_says "the others run even so" "Two: 12 inputs"

finish fuzz
