# Where idnode, idctl and idload come from; sourced by tools/run and tools/run-federation after words.sh.
# shellcheck shell=sh

programs='idnode idctl idload'

# build_programs: builds them, optimised, and puts them in front of PATH. Sets $bin, their folder.
build_programs() {
    say "building the programs (optimised; minutes the first time)" "正在编译程序（优化构建，首次需要几分钟）"
    for program in $programs; do
        swift build -c release --product "$program" >&2
    done
    take_programs "$(swift build -c release --show-bin-path)"
}

# take_programs FOLDER: goes by what is built already. Sets $bin.
take_programs() {
    bin=$1
    PATH=$bin:$PATH
    export PATH
    hand_language_on
    bin=${bin#"$(pwd)/"}
}
