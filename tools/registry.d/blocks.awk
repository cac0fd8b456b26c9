# Reads IEEE's lists, CSV with the columns Registry, Assignment, Organization Name, Organization Address. Cells may be
# quoted and hold commas, doubled quotes and line ends; runs of white space come out as one blank. A line with only a
# 0x02 separates the files.

function quoteCount(text,    copy) {
    copy = text
    return gsub(/"/, "", copy)
}

function tidy(text) {
    gsub(/[ \t\r\n]+/, " ", text)
    sub(/^ /, "", text)
    sub(/ $/, "", text)
    return text
}

function note(text) {
    if (++notes <= 20) print "N\tieee-data: " text
}

# Cuts a record into cells[1…] and returns their number; 0 if a quote is out of place.
function cut(record, cells,    count, cell, end) {
    if (record !~ /"/) return split(record, cells, ",")
    count = 0
    while (1) {
        cell = ""
        if (substr(record, 1, 1) == "\"") {
            record = substr(record, 2)
            while (1) {
                end = index(record, "\"")
                if (end == 0) return 0
                cell = cell substr(record, 1, end - 1)
                record = substr(record, end + 1)
                if (substr(record, 1, 1) != "\"") break
                cell = cell "\""
                record = substr(record, 2)
            }
            if (record != "" && substr(record, 1, 1) != ",") return 0
            end = index(record, ",")
        } else {
            end = index(record, ",")
            cell = end == 0 ? record : substr(record, 1, end - 1)
            if (cell ~ /"/) return 0
        }
        cells[++count] = cell
        if (end == 0) return count
        record = substr(record, end + 1)
    }
}

function take(record,    count, assignment) {
    if (record ~ /\001/) {
        skipped++
        gsub(/\001/, "", record)
        note("not UTF-8, skipped: " substr(tidy(record), 1, 24))
        return
    }
    if (record ~ /^[ \t\r\n]*$/) return
    count = cut(record, cells)
    if (count == 4 && cells[1] == "Registry" && cells[2] == "Assignment") return
    assignment = count == 4 ? tidy(cells[2]) : ""
    if (assignment == "" || assignment ~ /[^0-9A-Fa-f]/) {
        malformed++
        note("not a row of four cells with an assignment, skipped: " substr(tidy(record), 1, 40))
        return
    }
    if (toupper(assignment) in seen) {
        duplicates++
        note("assignment " assignment " again, skipped")
        return
    }
    seen[toupper(assignment)] = 1
    blocks++
    print "B\t" assignment "\t" tidy(cells[3]) "\t" tidy(cells[4]) "\t" tidy(cells[1])
}

/^\002$/ {
    if (pending != "") {
        malformed++
        note("a quote is not closed, skipped: " substr(tidy(pending), 1, 40))
    }
    pending = ""
    next
}

{
    sub(/\r$/, "")
    record = pending == "" ? $0 : pending "\n" $0
    # A quote that is still open goes on in the next line.
    if (quoteCount(record) % 2 == 1) {
        if (length(record) < 65536) {
            pending = record
            next
        }
        malformed++
        note("a quote is not closed, skipped: " substr(tidy(record), 1, 40))
        pending = ""
        next
    }
    pending = ""
    take(record)
}

END {
    print "C\tblocks\t" blocks + 0
    print "C\tduplicate_lines_ieee\t" duplicates + 0
    print "C\tmalformed_lines_ieee\t" malformed + 0
    print "C\tnot_utf8_lines_ieee\t" skipped + 0
}
