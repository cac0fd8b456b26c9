#!/bin/sh
# tools/run with pretended programs: a sound node passes, and each lie of a node is found out.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

bin=$scratch/bin
tree=$scratch/tree
mkdir -p "$bin" "$tree/tools" "$scratch/temporary"
cp -r "$here/../run" "$here/../run.d" "$here/../registry-sample.awk" "$tree/tools"
printf '#!/bin/sh\n' >"$tree/tools/install"
cat >"$tree/tools/registry" <<'END'
#!/bin/sh
while [ "$1" != --output ]; do shift; done
printf '88.118.usb-1\tMaker\n' >"$2/prefixes.txt"
echo '40 identifiers' >"$2/summary.txt"
awk 'BEGIN {
    print "identifier,2000:URL,2001:DESC"
    row = "88.118.usb-%d/d%d,https://example.org/%d,\"The \"\"%d\"\"\\, model\"\n"
    for (i = 1; i <= 40; i++) printf row, i, i, i, i
}' >"$2/registry.csv"
END
cat >"$bin/swift" <<'END'
#!/bin/sh
for word; do :; done
[ "$word" != --show-bin-path ] || dirname "$0"
END
cat >"$bin/idnode" <<'END'
#!/bin/sh
set -eu
case $1 in
    init)
        while [ "$1" != --config ]; do [ "$1" != --data ] || data=$2; shift; done
        mkdir "$data"
        {
            echo "# $data"
            printf '[node]\n\n[[listen]]\naddress = "0.0.0.0"\n\n[[listen]]\naddress = "::"\n\n[udp]\n'
        } >"$2"
        ;;
    check-config) grep -q '^\[udp\]' "$3" ;;
    run)
        [ "$PRETEND" != dies ] || { echo "port 2641 is in use"; exit 1; }
        data=$(sed -n '1s/# //p' "$3")
        listeners=$(sed -n 's/^address = //p' "$3" | tr '\n' ' ')
        case $listeners in '"127.0.0.1" ' | '"127.0.0.1" "::1" ') ;; *) echo "listens on $listeners"; exit 1 ;; esac
        touch "$data/running"
        trap 'rm "$data/running"; [ "$PRETEND" != unclean ] || exit 9; exit 0' TERM
        while :; do sleep 0.1; done
        ;;
esac
END
cat >"$bin/idctl" <<'END'
#!/bin/sh
set -eu
count() { echo x >>"$data/asked"; }
while [ $# -gt 0 ]; do
    case $1 in
        --data) data=$2 ;;
        --config) data=$(sed -n '1s/# //p' "$2") ;;
        --server) case $2 in 127.0.0.1:4000 | \[::1\]:4001) ;; *) echo "no node at $2"; exit 7 ;; esac ;;
    esac
    words="${words:-} $1"
    shift
done
case $words in
    ' status'*) [ -e "$data/running" ] && echo '{"listeners":["127.0.0.1:4000","[::1]:4001"]}' ;;
    ' prefix'* | ' import'*) [ -d "$data" ] && echo "$words" >>"$data/commands" && cp "$data/../registry.csv" "$data" ;;
    ' count'*--json*)
        received=$(($(wc -l <"$data/asked") + 500))
        [ "$PRETEND" != forgets ] || received=$((received - 501))
        echo "{\"classes\":[{\"class\":\"own\",\"received\":1},{\"class\":\"load\",\"received\" : $((received - 1))}]}"
        ;;
    ' count'*) echo "own load test 500" ;;
    ' resolve'*)
        set -- $words
        data=$(ls -d "$TMPDIR"/*/data)
        case $2 in
            */no-such-part) count; echo '{"code":100}'; exit 3 ;;
            88.999*) count; echo "{\"code\":$([ "$PRETEND" = wrong-code ] && echo 100 || echo 301)}"; exit 1 ;;
        esac
        [ "$PRETEND" != tcp-broken ] || case $words in *--tcp*) echo "no answer" >&2; exit 7 ;; esac
        count
        number=${2##*/d}
        [ "$PRETEND" != mixes-up ] || [ "$number" -ne 5 ] || number=6
        printf '{"values":["https:\\/\\/example.org\\/%s","The \\"%s\\"\\\\, model"]}\n' "$number" "$number"
        ;;
esac
END
cat >"$bin/idload" <<'END'
#!/bin/sh
[ "$PRETEND" != loses ] || { echo '{"answered":0}'; exit 10; }
echo '{"sent":500,"answered":500}'
END
chmod +x "$bin"/* "$tree/tools/registry" "$tree/tools/install"
export PRETEND=sound TMPDIR="$scratch/temporary" LC_ALL=C
run() { (cd "$scratch" && PATH="$bin:$PATH" exec "$tree/tools/run" "$@"); }
no_folder_left() {
    if [ -z "$(ls -A "$TMPDIR")" ]; then pass; else
        fail "$1 (its folder is left)"
        rm -rf "${TMPDIR:?}"/*
    fi
}

expect_exit 0 "a sound node passes" run --once
for claim in "ok: UDP: 20 identifiers" "ok: TCP: 20 identifiers" "is refused with code 100" "is refused with code 301" \
    "load for 2 s: 500 answers" "SIGTERM stops the node cleanly" "all checks passed"; do
    expect_says "a sound node passes" "$claim"
done
if grep -qs '^0*1 ' /proc/net/if_inet6; then
    expect_says "a machine with ::1 asks over IPv6" "ok: UDP, IPv6: 20 identifiers"
fi
no_folder_left "a sound run"

# A network of its own, whose loopback is not up, has no ::1.
alone() { (cd "$scratch" && PATH="$bin:$PATH" exec unshare --net "$tree/tools/run" "$@"); }
if unshare --net true 2>/dev/null; then
    expect_exit 0 "a machine without ::1 passes" alone --once
    expect_says "a machine without ::1 says so" "SKIPPED: IPv6"
    no_folder_left "a run without ::1"
fi

expect_exit 0 "it speaks Chinese" run --once --lang zh
expect_says "it speaks Chinese" "所有检查均通过"
no_folder_left "a Chinese run"

# lie WHAT TEXT: a node that lies like that is found out with those words, and leaves nothing behind.
lie() {
    PRETEND=$1
    expect_exit 1 "a node that $1 is found out" run --once
    expect_says "a node that $1 is found out" "$2"
    no_folder_left "a node that $1"
    PRETEND=sound
}
lie mixes-up "not the values of 88.118.usb-5/d5"
lie tcp-broken "FAILED: TCP: 0 of 20 identifiers"
lie wrong-code "expected response code 301"
lie loses "FAILED: load: exit 10, 0 answers"
lie forgets "while running), but"
lie unclean "ended with exit code 9 after SIGTERM"
lie dies "port 2641 is in use"

expect_exit 64 "an unknown flag is a usage error" run --often
expect_exit 64 "--identifiers needs a number" run --identifiers many
expect_exit 64 "--lang knows two languages" run --lang fr

# foreground SIGNAL STATUS: in the foreground a signal ends it, with that exit code; the data stays.
foreground() {
    : >"$scratch/output"
    # A shell's background jobs ignore SIGINT, which is what Ctrl-C sends; a terminal's foreground does not.
    (cd "$scratch" && PATH="$bin:$PATH" exec env --default-signal=INT setsid "$tree/tools/run" --identifiers 40) \
        >"$scratch/output" 2>&1 &
    foreground=$!
    until grep -q 'Ctrl-C stops it' "$scratch/output"; do
        kill -0 "$foreground"
        sleep 0.1
    done
    kill "-$1" "$foreground"
    status=0
    wait "$foreground" || status=$?
    if [ "$status" -eq "$2" ]; then pass; else fail "SIG$1 ends a foreground run with $2 (exit $status)"; fi
    expect_says "SIG$1 stops the node cleanly" "stopped"
    if [ ! -e "$tree/run/registry-40/data/running" ]; then pass; else fail "SIG$1 leaves no node behind"; fi
}
foreground TERM 0
expect_says "three commands are shown" "idctl resolve 88.118.usb-1/d1 --server 127.0.0.1:2641 --tcp --json"
foreground INT 130
expect_says "the data is used again" "using the data in run/registry-40"
PRETEND=dies
expect_exit 1 "a node that dies ends it" run --identifiers 40
expect_says "the node's last words are shown" "port 2641 is in use"

finish run
