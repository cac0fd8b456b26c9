#!/bin/sh
# Reads figures out of what the load tools print. Read by other parts and by cases with ".".

# field NAME: a number out of each line of JSON, the first of that name: idload's rows of seconds repeat the names behind.
# A percentile among the lost is null, and longer than any other.
field() {
    awk -v name="\"$1\":" '{
        place = index($0, name)
        if (!place) next
        rest = substr($0, place + length(name))
        if (rest ~ /^null/) rest = "999999999"
        match(rest, /^-?[0-9.]*/)
        print substr(rest, 1, RLENGTH)
    }'
}
