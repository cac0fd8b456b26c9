#!/bin/sh
# tools/test with a pretended Swift toolchain: which steps run, what comes last, when it fails.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

bin=$scratch/bin
tree=$scratch/tree
mkdir -p "$bin" "$tree/tools/tests" "$scratch/vectors" "$scratch/elsewhere"
cp "$here/../test" "$tree/tools/test"
for step in install format check-layers check-tidy check-manual first-time check-hot-path check-load-path fuzz \
    tests/pretended-test.sh; do
    # shellcheck disable=SC2016  # for the script that is written
    printf '#!/bin/sh\necho "ran %s $*"\n[ "${PRETEND_BROKEN:-}" != "%s" ]\n' "$step" "$step" >"$tree/tools/$step"
done
cat >"$bin/swift" <<'END'
#!/bin/sh
echo "swift $*"
[ "$1" != test ] || [ -z "${PRETEND_FAILED:-}" ] || {
    echo '✘ Test thing() recorded an issue at Thing.swift:1:2: it is not so'
    echo '✔ Test another() passed after 0.1 seconds.'
    echo '✘ Test run with 12 tests failed after 0.1 seconds with 1 issue.'
    exit 1
}
[ "${PRETEND_BROKEN:-}" != "swift $1" ] || exit 1
[ "$1" = test ] || exit 0
echo "folder: ${HANJIANG_VECTORS:-ours}"
echo "${PRETEND_VECTORS:-}"
echo "Test run with 12 tests passed after 0.1 seconds."
END
chmod +x "$bin/swift" "$tree"/tools/check-* "$tree"/tools/first-time "$tree"/tools/fuzz "$tree"/tools/install "$tree"/tools/format "$tree"/tools/tests/*.sh
run() { (cd "$scratch" && PATH="$bin:$PATH" exec "$tree/tools/test" "$@"); }

expect_exit 0 "all well is success" run
expect_last "the runner's summary comes last" "Test run with 12 tests passed after 0.1 seconds."
for step in 'ran install' 'ran format --check' 'ran check-layers' 'ran check-tidy' 'ran tests/pretended-test.sh' \
    'swift build --build-tests' 'ran check-manual' 'ran first-time --check' \
    'ran check-hot-path' 'ran check-load-path' 'ran fuzz all 60' 'swift test --skip-build'; do
    expect_says "a full run has every step" "$step"
done

for step in install format check-layers check-tidy tests/pretended-test.sh check-manual first-time check-hot-path check-load-path \
    fuzz 'swift build' 'swift test'; do
    export PRETEND_BROKEN="$step"
    expect_exit 1 "a failing '$step' fails" run
done
unset PRETEND_BROKEN

export PRETEND_FAILED=yes
expect_exit 1 "a failed test fails" run
expect_says "what failed is said at the end" "what failed:"
expect_last "the runner's summary comes last even so" '✘ Test run with 12 tests failed after 0.1 seconds with 1 issue.'
unset PRETEND_FAILED

expect_exit 0 "--filter is passed on" run --filter ThingTests
expect_says "--filter is passed on" "swift test --skip-build --disable-xctest --filter ThingTests"
expect_exit 64 "an unknown flag is a usage error" run --verbose
expect_exit 64 "--filter needs a value" run --filter

export PRETEND_VECTORS='vectors: 345 passed, 0 failed, 7 skipped'
expect_exit 0 "vectors that pass are success" run --vectors
expect_last "the counts come last" "345 passed, 0 failed, 7 skipped"
expect_says "only the vector tests run" "--filter ^VectorTests\\."
expect_says "our own vectors by default" "folder: ours"

export HANJIANG_VECTORS=vectors
expect_exit 0 "another folder is taken" run --vectors
expect_says "a relative folder counts from where one stands" "folder: $scratch/vectors"
export HANJIANG_VECTORS=nowhere
expect_exit 1 "a folder that is not there fails" run --vectors
unset HANJIANG_VECTORS

export PRETEND_VECTORS='vectors: 344 passed, 1 failed, 7 skipped'
expect_exit 1 "a failed vector fails" run --vectors
expect_last "the counts come last even so" "344 passed, 1 failed, 7 skipped"
export PRETEND_VECTORS='vectors: 344 passed, 10 failed, 7 skipped'
expect_exit 1 "ten failed vectors fail" run --vectors
export PRETEND_VECTORS='vectors: 0 passed, 0 failed, 0 skipped'
expect_exit 1 "no vector at all fails" run --vectors
export PRETEND_VECTORS=''
expect_exit 1 "a run that counts nothing fails" run --vectors
export PRETEND_VECTORS='vectors: 345 passed, 0 failed, 7 skipped' PRETEND_BROKEN='swift test'
expect_exit 1 "a broken run fails whatever it counted" run --vectors

finish test
