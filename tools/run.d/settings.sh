# Changing a node's configuration; sourced.
# shellcheck shell=sh

# set_key FILE SECTION KEY VALUE: gives a key of a section, which the file has as `#KEY = …` or `KEY = …`, another value.
set_key() {
    awk -v section="[$2]" -v key="$3" -v value="$4" '
        /^\[/ { inside = $0 == section }
        inside && ($1 == key || $1 == "#" key) && $2 == "=" { $0 = key " = " value; found = 1 }
        { print }
        END { exit !found }
    ' "$1" >"$1.new" || {
        echo "$1 has no key $3 in [$2]" >&2
        return 1
    }
    mv "$1.new" "$1"
}

# add_listener FILE ADDRESS PORT: the node answers there too.
add_listener() { printf '\n[[listen]]\naddress = "%s"\nport = %s\n' "$2" "$3" >>"$1"; }

# ports_in_use: those of this machine, in hexadecimal, one a line.
ports_in_use() { cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 2>/dev/null | awk '{ print substr($2, length($2) - 3) }'; }

# free_port: prints one that nobody uses now, below those that the system gives out by itself.
free_port() {
    ports_in_use | awk -v first="$((20000 + $$ % 10000))" '
        { used[$1] = 1 }
        END { for (port = first; sprintf("%04X", port) in used; port++) {}; print port }
    '
}
