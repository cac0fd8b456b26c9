# Takes `size` identifiers from all over a registry in CSV, and what each must answer with.
#
# Reads the file three times (pass=1, 2, 3): counts its rows, picks identifiers, gathers their values. Writes
# FOLDER/sample.txt, one identifier a line, and FOLDER/expected/N: the texts of the Nth as JSON strings, one a line.
# Knows both shapes of the CSV: a row per identifier, or several rows, one per value.

BEGIN {
    # Columns that do not come back as the same text.
    split("identifier index ttl permissions timestamp references", names, " ")
    for (i in names) skipped[names[i]] = 1
}

{ sub(/\r$/, "") }

FNR == 1 {
    columnCount = parse($0)
    for (i = 1; i <= columnCount; i++) column[i] = fields[i]
    next
}

pass == 1 { rowCount++ }

pass == 2 && (FNR - 2) % step() == 0 && picked < size {
    parse($0)
    if (fields[1] in numberOf) next
    numberOf[fields[1]] = ++picked
    print fields[1] >(folder "/sample.txt")
}

pass == 3 && /^"/ { parse($0); key = fields[1] }
pass == 3 && !/^"/ { key = substr($0, 1, index($0 ",", ",") - 1) }
pass == 3 && key in numberOf {
    fieldCount = parse($0)
    for (i = 2; i <= fieldCount; i++) {
        if (fields[i] != "" && !(column[i] in skipped)) {
            print json(fields[i]) >(folder "/expected/" numberOf[key])
        }
    }
}

function step() { return rowCount > size ? int(rowCount / size) : 1 }

# Splits a row by RFC 4180 into `fields` and says how many there are.
function parse(row, count, field, more) {
    count = 0
    do {
        if (substr(row, 1, 1) == "\"") {
            field = ""
            row = substr(row, 2)
            while (match(row, /^[^"]*""/)) {
                field = field substr(row, 1, RLENGTH - 1)
                row = substr(row, RLENGTH + 1)
            }
            match(row, /^[^"]*"?/)
            field = field substr(row, 1, RLENGTH)
            sub(/"$/, "", field)
            row = substr(row, RLENGTH + 1)
        } else {
            match(row, /^[^,]*/)
            field = substr(row, 1, RLENGTH)
            row = substr(row, RLENGTH + 1)
        }
        fields[++count] = field
        more = substr(row, 1, 1) == ","
        row = substr(row, 2)
    } while (more)
    return count
}

function json(text) { return "\"" escaped(escaped(text, "\\\\"), "\"") "\"" }

# `text` with a backslash before each `character`, which is given as a pattern.
function escaped(text, character, parts, count, i, result) {
    count = split(text, parts, character)
    result = parts[1]
    for (i = 2; i <= count; i++) result = result "\\" (character == "\"" ? "\"" : "\\") parts[i]
    return result
}
