#!/bin/sh
# tools/run-federation with pretended programs: a sound tree passes, and each lie of a node is found out.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

bin=$scratch/bin
tree=$scratch/tree
mkdir -p "$bin" "$tree/tools" "$scratch/temporary"
cp -r "$here/../run-federation" "$here/../run.d" "$tree/tools"

# What the pretended programs share: where a node's folder is, and whether it runs.
cat >"$bin/pretended.sh" <<'END_OF_FILE'
data_of() { sed -n '1s/# //p' "$1"; }
data_at() { [ -n "$1" ] && data_of "$(grep -lF "address = \"${1%:*}\"" "$TREES"/*/*/node.toml)"; }
runs() { [ -s "$1/running" ] && kill -0 "$(cat "$1/running")" 2>/dev/null; }
lies() { case " $PRETEND " in *" $1 "*) ;; *) return 1 ;; esac; }
END_OF_FILE
cat >"$bin/idnode" <<'END_OF_FILE'
#!/bin/sh
set -eu
. "$(dirname "$0")/pretended.sh"
case $1 in
    init)
        above=
        while [ $# -gt 0 ]; do
            case $1 in --data) data=$2 ;; --config) config=$2 ;; --prefix) prefix=$2 ;; --above) above=$2 ;; esac
            shift
        done
        mkdir "$data"
        : >"$data/records"
        : >"$data/delegated"
        echo "$prefix" >"$data/prefix"
        echo "$above" >"$data/above"
        printf '# %s\n[node]\n#workers = 0\n[recursion]\n#enabled = "by-role"\n#cache_memory = "64 MiB"\n' "$data" >"$config"
        printf '[storage]\n#index_capacity = 1\n[counting]\n#prefix_slots = 1\n#source_entries = 1\n' >>"$config"
        printf '[federation]\n#route = false\n' >>"$config"
        ;;
    run)
        data=$(data_of "$3")
        grep -q '^workers = 1$' "$3" || { echo "not configured"; exit 1; }
        ! lies dies || { echo "port 2641 is in use"; exit 1; }
        # Where it has joined it says where it is.
        if above=$(data_at "$(cat "$data/above")") && ! lies stays && grep -q '^route = true$' "$3"; then
            own=$(sed -n 's/^address = "\(.*\)"/\1/p' "$3"):$(sed -n 's/^port = //p' "$3")
            awk -v prefix="$(cat "$data/prefix")" -v own="$own" '
                $1 == prefix { $2 = own; $3 += 1 } { print }' "$above/delegated" >"$above/delegated.$$"
            mv "$above/delegated.$$" "$above/delegated"
        fi
        echo $$ >"$data/running"
        trap : HUP
        trap '! lies unclean || exit 9; exit 0' TERM
        while :; do sleep 0.1; done
        ;;
esac
END_OF_FILE
cat >"$bin/idctl" <<'END_OF_FILE'
#!/bin/sh
set -eu
. "$(dirname "$0")/pretended.sh"
words=
site=
while [ $# -gt 0 ]; do
    case $1 in
        --data) data=$2; shift ;;
        --config) data=$(data_of "$2"); shift ;;
        --server) server=$2; data=$(data_at "$2"); shift ;;
        --site) site=$2; shift ;;
        --key) key=$2; shift ;;
        --format | --lang) shift ;;
        --*) ;;
        *) words="$words $1" ;;
    esac
    shift
done
# answer EXIT CODE [MEMBERS]: as idctl resolve --json.
answer() { printf '{"code":%s%s}\n' "$2" "${3:-}"; exit "$1"; }
named() { echo ",\"values\":[{\"serialNumber\":${2:-1},\"address\":\"${1%:*}\",\"port\":${1#*:}}]"; }
found() { echo ",\"values\":[\"$(echo "$1" | cut -d , -f 2)\"]"; }
# shellcheck disable=SC2086
set -- $words
case $1 in
    status)
        runs "$data" || exit 7
        echo "{\"identifiers\":$(wc -l <"$data/records"),\"route\":{\"state\":\"current\"}}"
        ;;
    federation)
        runs "$data" || exit 7
        case $2 in
            key) echo "key of $(cat "$data/prefix")" >"$3" ;;
            join)
                grep -qx "key of $3" "$key"
                echo "0.NA/$3," >>"$data/records"
                echo "$3 $site 2" >>"$data/delegated"
                ;;
        esac
        ;;
    import)
        sed 1d >"$data/new"
        if lies forgets && [ "$(wc -l <"$data/new")" -gt 3 ]; then sed -i '$d' "$data/new"; fi
        cat "$data/new" >>"$data/records"
        ;;
    prefix) echo "0.NA/$3," >>"$data/records" ;;
    verify)
        runs "$data" || exit 7
        echo "$(grep -cxFf "$2" "$data/records") same"
        ;;
    resolve)
        runs "$data" || exit 7
        record=$(grep -F "$2," "$data/records" | head -n 1) || true
        prefix=${2%%/*}
        case $2 in
            0.NA/*)
                site=$(awk -v prefix="${2#*/}" '$1 == prefix { print $2 }' "$data/delegated")
                serial=$(awk -v prefix="${2#*/}" '$1 == prefix { print $3 }' "$data/delegated")
                [ -z "$site" ] || answer 0 1 "$(named "$site" "$serial")"
                above=${2#*/}
                site=$(awk -v prefix="${above%.*}" '$1 == prefix { print $2 }' "$data/delegated")
                answer 3 303 "$(named "$site")"
                ;;
        esac
        [ -z "$record" ] || answer 0 1 "$(found "$record")"
        if [ "$(basename "$(dirname "$data")")" = top ]; then
            site=$(awk -v prefix="$prefix" '$1 == prefix { print $2 }' "$data/delegated")
            ! lies misdirects || site=127.20.9.9:1
            answer 3 302 "$(named "$site")"
        fi
        owner=$(dirname "$(grep -lF "$prefix/item-1," "$TREES"/*/*/data/records)")
        record=$(grep -F "$2," "$owner/records" | head -n 1) || true
        case $record,$(runs "$owner" && echo runs) in
            ,runs) answer 3 100 ;;
            *,runs) answer 0 1 "$(found "$record")" ;;
            *watched*) if lies hides; then answer 0 1 "$(found "$record")"; fi; answer 0 1 ",\"stale\":true$(found "$record")" ;;
            *) answer 1 2 ;;
        esac
        ;;
esac
END_OF_FILE
cat >"$bin/idload" <<'END_OF_FILE'
#!/bin/sh
set -eu
. "$(dirname "$0")/pretended.sh"
runs "$(data_at "$1")" || { echo '{"answered":0,"wrong":0}'; exit 7; }
case $2 in
    --replay) echo "{\"answered\":$(wc -l <"$3"),\"wrong\":0}" ;;
    --expect)
        sed 1d "$3" >"$3.rows.$$"
        right=$(cat "$TREES"/*/*/data/records | grep -cxFf "$3.rows.$$") || true
        echo "{\"answered\":$(wc -l <"$3.rows.$$"),\"wrong\":$(($(wc -l <"$3.rows.$$") - right))}"
        rm "$3.rows.$$"
        ;;
esac
END_OF_FILE
chmod +x "$bin/idnode" "$bin/idctl" "$bin/idload"
export PRETEND=sound TMPDIR="$scratch/temporary" TREES="$scratch/temporary" LC_ALL=C
run() { (cd "$scratch" && exec "$tree/tools/run-federation" --programs "$bin" "$@"); }
# What is left would be a node that still runs, or its folder.
nothing_left() {
    if [ -z "$(ls -A "$TMPDIR")" ]; then pass; else
        fail "$1 (its folder is left)"
        rm -rf "${TMPDIR:?}"/*
    fi
}

expect_exit 0 "a sound tree passes" run --quick --identifiers 280
for claim in "357 of 357 records are on 14 nodes" "280 of 280 identifiers resolve to their values at their owners, TCP" \
    "10 of 10 referrals name the owner, UDP" "14 of 14 walks from the top end at the owner, UDP" \
    "kill -9 enterprise-1: others 260/260, cached 20/20, stale and marked 3/3" \
    "is found there: walks from the top 2/2, from elsewhere 2/2" "19 passed, 0 failed"; do
    expect_says "a sound tree passes" "$claim"
done
nothing_left "a sound run"

PRETEND="forgets misdirects hides unclean"
expect_exit 1 "a tree that lies fails" run --quick --identifiers 280
for claim in "FAILED: 342 of 357 records are on 14 nodes" \
    "FAILED: 266 of 280 identifiers resolve to their values at foreign secondary nodes, TCP" \
    "FAILED: 0 of 10 referrals name the owner, UDP" "FAILED: kill -9 top: before others cached stale recovery" \
    "stale and marked 0/3" "FAILED: 0 of 14 nodes end cleanly on SIGTERM"; do
    expect_says "a tree that lies is found out" "$claim"
done
nothing_left "a run with lies"

PRETEND=stays
expect_exit 1 "a node that moves and does not say so fails" run --quick --identifiers 280
expect_says "where it was looked for is told" "FAILED: secondary-8 moved from 127.20.1.8"
expect_says "and nothing else failed" "18 passed, 1 failed"
nothing_left "a run with a node that is lost"

PRETEND=dies
expect_exit 1 "a node that dies ends it" run --quick
expect_says "its last words are shown" "port 2641 is in use"
nothing_left "a run with a dead node"
PRETEND=sound

expect_exit 64 "an unknown flag is a usage error" run --often
expect_exit 64 "--identifiers needs a number" run --identifiers many
expect_exit 64 "--identifiers needs enough for every node" run --quick --identifiers 279
expect_exit 64 "--programs needs a folder" run --programs "$scratch/none"
expect_exit 64 "--lang knows two languages" run --lang fr

# In the foreground Ctrl-C ends it, and all nodes; the data stays. A shell's background jobs ignore SIGINT, which a
# terminal's foreground does not.
TREES=$tree/run
(cd "$scratch" && exec env --default-signal=INT setsid "$tree/tools/run-federation" --programs "$bin" \
    --identifiers 280) >"$scratch/output" 2>&1 &
foreground=$!
until grep -q 'Ctrl-C stops them all' "$scratch/output"; do
    kill -0 "$foreground"
    sleep 0.1
done
pids=$(cat "$tree"/run/federation-280/*/pid)
kill -INT "$foreground"
status=0
wait "$foreground" || status=$?
if [ "$status" -eq 130 ]; then pass; else fail "SIGINT ends it with 130 (exit $status)"; fi
expect_says "it says where each node is" "enterprise-3  enterprise 88.108.5  127.20.2.3:2641"
expect_says "it says how to ask" "idctl resolve 88.101.5/item-1 --server 127.20.1.7:2641"
alive=0
for process in $pids; do ! kill -0 "$process" 2>/dev/null || alive=$((alive + 1)); done
if [ "$alive" -eq 0 ] && [ "$(echo "$pids" | wc -l)" -eq 14 ]; then pass; else fail "$alive nodes still run"; fi

finish run-federation
