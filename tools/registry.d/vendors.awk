# Reads pci.ids or usb.ids: `vvvv  maker`, TAB `dddd  device`, TAB TAB subsystem or interface (not used). What comes after
# the makers (classes, languages, terminals) begins with letters and a blank. Set prefix and bus.

function isID(text) {
    return text ~ /^[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]  /
}

function nameIn(text) {
    text = substr(text, 7)
    gsub(/[\t\r ]+/, " ", text)
    sub(/ $/, "", text)
    return text
}

function note(text) {
    if (++notes <= 20) print "N\t" bus ".ids line " NR ": " text
}

/^#/ || /^[ \t\r]*$/ { next }

# Not UTF-8. A maker that is skipped takes its devices along: they must not become another maker's.
/^\001/ {
    skipped++
    note("not UTF-8, skipped")
    if (substr($0, 2, 1) != "\t") vendor = ""
    next
}

/^\t\t/ { next }

/^\t/ {
    if (inClasses) next
    line = substr($0, 2)
    if (vendor == "" || !isID(line)) {
        malformed++
        note("no device of a maker, skipped")
        next
    }
    device = tolower(substr(line, 1, 4))
    if ((vendor, device) in devices) {
        duplicates++
        note("device " vendor "/" device " again, skipped")
        next
    }
    devices[vendor, device] = 1
    deviceCount++
    print "D\t" prefix "." bus "-" vendor "\t" vendor "\t" device "\t" nameIn(line) "\t" makers[vendor] "\t" toupper(bus)
    next
}

isID($0) {
    inClasses = 0
    vendor = tolower(substr($0, 1, 4))
    if (vendor in makers) {
        duplicates++
        note("maker " vendor " again, the first name is kept")
        next
    }
    makers[vendor] = nameIn($0)
    makerCount++
    print "P\t" prefix "." bus "-" vendor "\t" makers[vendor] "\t" vendor
    next
}

/^[A-Z]+ / {
    inClasses = 1
    next
}

{
    malformed++
    vendor = ""
    note("neither maker nor device, skipped")
}

END {
    print "C\tmakers_" bus "\t" makerCount + 0
    print "C\tdevices_" bus "\t" deviceCount + 0
    print "C\tduplicate_lines_" bus "\t" duplicates + 0
    print "C\tmalformed_lines_" bus "\t" malformed + 0
    print "C\tnot_utf8_lines_" bus "\t" skipped + 0
}
