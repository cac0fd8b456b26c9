#!/bin/sh
# Tests tools/registry: on small lists made here, and, where Debian's lists are installed, on those.
# Exit 0 and "registry: N checks passed", or 1 and the checks that failed.
set -u
LC_ALL=C
export LC_ALL

registry=$(cd "$(dirname "$0")/.." && pwd)/registry
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# equal NAME EXPECTED ACTUAL
equal() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3" >&2
    fi
}

counter() { awk -F '\t' -v name="$2" '$1 == name { print $2 }' "$1/summary.txt"; }
row() { grep "^$2," "$1/registry.csv"; }
lines() { wc -l <"$1" | tr -d ' '; }

# Each identifier once, ASCII case apart, and below an enterprise that is listed.
invariants() {
    equal "$1: identifiers are unique" '' "$(tail -n +2 "$2/registry.csv" | cut -d, -f1 | tr a-z A-Z | sort | uniq -d)"
    equal "$1: prefixes are unique" '' "$(cut -f1 "$2/prefixes.txt" | tr a-z A-Z | sort | uniq -d)"
    equal "$1: every identifier has a listed prefix" '' "$(awk -F '\t' 'NR == FNR { known[$1] = 1; next }
        FNR > 1 { split($0, part, "/"); if (!(part[1] in known)) print part[1] }' \
        "$2/prefixes.txt" "$2/registry.csv" | sort -u)"
    equal "$1: rows are identifiers" "$(counter "$2" identifiers)" "$(($(lines "$2/registry.csv") - 1))"
    equal "$1: prefixes are counted" "$(counter "$2" prefixes)" "$(lines "$2/prefixes.txt")"
    # A backslash stands only before a quote or another backslash.
    [ ! -f "$2/registry.jsonl" ] || equal "$1: JSON escapes" 0 \
        "$(sed 's/\\[\\"]//g' "$2/registry.jsonl" | grep -c '\\' || true)"
    equal "$1: the text is UTF-8" 0 "$(iconv -f UTF-8 -t UTF-8 "$2/registry.csv" >/dev/null 2>&1; echo $?)"
}

mkdir "$work/ieee"
{
    printf '# comment\n\n0010  Allied, "Telesis"\n\t8139  AT-2500TX\n\t\t0010 0001  a subsystem\n\tABCD  Tabs\tin name \n'
    printf '8086  Intel\n\t1533  I210\n\t1533  I210 again\n0010  Allied once more\n\t9000  Late\n'
    printf '1111  Bad \377\n\t0001  Lost device\n2222  M\303\274ller\n\t0001  Bad \377 device\n\t0002  CD\\RW\nnonsense\n\t0003  Lost too\n'
    printf 'C 02  Network controller\n\t0000  Ethernet\n'
} >"$work/pci.ids"
printf '8086  Intel Corp.\n\t1533  Pump\n0001  Quiet\nAT 0100  Terminal\nHID 21  HID\n\t0001  Nothing\n' >"$work/usb.ids"
head='Registry,Assignment,Organization Name,Organization Address'
{
    printf '%s\r\nMA-L,002272,American,2181 Buchanan Loop \r\nMA-L,0001C8,"A ""B"", C","Street 1\r\nCity  2 "\r\n' "$head"
    printf 'MA-L,0001c8,Again,\r\nMA-L,xyz,No assignment,\r\nMA-L,00AA00,Bad \377,\r\n'
} >"$work/ieee/oui.csv"
printf '%s\nMA-M,741AE09,Private,\nMA-M,7000000,"Open\n' "$head" >"$work/ieee/mam.csv"
printf '%s\nMA-S,70B3D5F2F,TELE,"Polbina st., 3/1"\n' "$head" >"$work/ieee/oui36.csv"
printf '%s\nIAB,0050C27D5,DEUTA,Paffrather\n' "$head" >"$work/ieee/iab.csv"

build() {
    name=$1
    shift
    "$registry" --prefix 88.118 --pci "$work/pci.ids" --usb "$work/usb.ids" --ieee "$work/ieee" \
        --output "$work/$name" "$@" >"$work/$name.out" 2>"$work/$name.err"
}

build all --format both
equal 'exit code' 0 $?
for pair in identifiers:11 prefixes:6 serial_numbers:0 shared_vendor_ids:1 makers_pci:3 devices_pci:5 makers_usb:2 \
    devices_usb:1 blocks:5 duplicate_lines_pci:2 duplicate_lines_usb:0 duplicate_lines_ieee:1 malformed_lines_pci:3 \
    malformed_lines_ieee:2 not_utf8_lines_pci:2 not_utf8_lines_usb:0 not_utf8_lines_ieee:1; do
    equal "fixture: ${pair%:*}" "${pair#*:}" "$(counter "$work/all" "${pair%:*}")"
done
invariants fixture "$work/all"
equal 'the summary is shown' "$(cat "$work/all/summary.txt")" "$(cat "$work/all.out")"
equal 'duplicates are named' 2 "$(grep -c '^note.*pci.ids.* again' "$work/all/summary.txt")"
equal 'a quoted maker' \
    '88.118.pci-0010/8139,https://pci-ids.ucw.cz/read/PC/0010/8139,AT-2500TX,"Allied, ""Telesis""",,0010,8139,PCI,,,,' \
    "$(row "$work/all" 88.118.pci-0010/8139)"
equal 'a device after its maker came again' 1 "$(row "$work/all" 88.118.pci-0010/9000 | grep -c Late)"
equal 'identifiers in lower case, blanks joined' 1 "$(row "$work/all" 88.118.pci-0010/abcd | grep -c ',Tabs in name,')"
equal 'a maker that is skipped takes its devices along' '' "$(grep 'Lost' "$work/all/registry.csv")"
equal 'the same vendor in two lists is two enterprises' 'Intel:Intel Corp.' \
    "$(sed -n 's/^88.118.[a-z]*-8086\t//p' "$work/all/prefixes.txt" | paste -s -d: -)"
equal 'a quoted address with a line end' \
    '88.118.oui/0001C8,https://standards-oui.ieee.org/oui/oui.csv,MA-L address block 0001C8,"A ""B"", C",Street 1 City 2,,,,0001C8,MA-L,,' \
    "$(row "$work/all" 88.118.oui/0001C8)"
equal 'a quote left open ends with its file' 1 "$(row "$work/all" 88.118.oui/70B3D5F2F | grep -c '"Polbina st., 3/1"')"
equal 'JSON Lines has as many lines' 11 "$(lines "$work/all/registry.jsonl")"
equal 'JSON' '{"identifier":"88.118.pci-0010/8139","values":[{"index":1,"type":"URL","data":"https://pci-ids.ucw.cz/read/PC/0010/8139"},{"index":2,"type":"DESC","data":"AT-2500TX"},{"index":3,"type":"MAKER","data":"Allied, \"Telesis\""},{"index":2000,"type":"vendorId","data":"0010"},{"index":2001,"type":"deviceId","data":"8139"},{"index":2002,"type":"bus","data":"PCI"}]}' \
    "$(head -1 "$work/all/registry.jsonl")"

build more --identifiers 1000
equal 'more than there are' 1000 "$(counter "$work/more" identifiers)"
invariants 'with serial numbers' "$work/more"
equal 'serial numbers' 989 "$(grep -c '\.SN[0-9]*,' "$work/more/registry.csv")"
equal 'no JSON unless asked for' '' "$(ls "$work/more" | grep jsonl)"
build again --identifiers 1000
equal 'the same bytes each time' 0 "$(cmp "$work/more/registry.csv" "$work/again/registry.csv"; echo $?)"
build less --identifiers 4
equal 'fewer than there are' 4 "$(counter "$work/less" identifiers)"
build less --identifiers 4 --format jsonl
equal 'what an earlier run left is removed' 'prefixes.txt registry.jsonl summary.txt' "$(ls "$work/less" | paste -s -d' ' -)"

build wrong --format xml
equal 'a wrong option is a usage error' 64 $?
build wrong --ieee "$work/nowhere"
equal 'a missing list fails' 1 $?
equal 'and names its package' 1 "$(grep -c 'apt-get install ieee-data' "$work/wrong.err")"

if [ -r /usr/share/misc/pci.ids ] && [ -r /usr/share/misc/usb.ids ] && [ -r /usr/share/ieee-data/oui.csv ]; then
    "$registry" --prefix 88.118 --output "$work/real" >/dev/null
    invariants 'real lists' "$work/real"
    real=$(counter "$work/real" identifiers)
    equal 'real lists: identifiers are devices and blocks' "$real" "$(($(counter "$work/real" devices_pci) +
        $(counter "$work/real" devices_usb) + $(counter "$work/real" blocks)))"
    equal 'real lists: plausible sizes' yes "$([ "$real" -gt 80000 ] && [ "$(counter "$work/real" prefixes)" -gt 5000 ] &&
        [ "$(counter "$work/real" shared_vendor_ids)" -gt 500 ] && echo yes)"
    "$registry" --prefix 88.118 --output "$work/real" --identifiers $((real + 100000)) >/dev/null
    invariants 'real lists with serial numbers' "$work/real"
    equal 'real lists: exactly as many as asked for' $((real + 100000)) "$(counter "$work/real" identifiers)"
else
    echo 'registry: the real lists are not installed (pci.ids usb.ids ieee-data); only the small ones were tested' >&2
fi

[ "$failed" -eq 0 ] || { printf 'registry: %d of %d checks failed\n' "$failed" $((passed + failed)) >&2; exit 1; }
printf 'registry: %d checks passed\n' "$passed"
