# What is checked and how it came out; sourced by the scripts behind --once after words.sh.
# shellcheck shell=sh

right=0
wrong=0

passed() {
    right=$((right + 1))
    say "ok: $1" "正常：$2"
}

failed() {
    wrong=$((wrong + 1))
    say "FAILED: $1" "失败：$2"
}

# number_of NAME FILE: the first number of that name in a JSON text; 0 if there is none.
number_of() { sum_of "$1" "$2" 1; }

# sum_of NAME FILE [COUNT]: the sum of the (first COUNT) numbers of that name in a JSON text.
sum_of() {
    grep -oE "\"$1\" *: *[0-9]+" "$2" | head -n "${3:-100000}" | awk -F: '{ sum += $2 } END { printf "%d\n", sum }'
}
