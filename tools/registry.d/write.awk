# Writes the registry from the intermediate lines (see tools/registry). Set prefix, wanted, format, work.

BEGIN {
    FS = "\t"
    columnCount = split("1:URL 2:DESC 3:MAKER 4:ADDRESS 2000:vendorId 2001:deviceId 2002:bus 2003:assignment " \
        "2004:registry 2005:serialNumber 2006:productionDate", columns, " ")
    header = "identifier"
    for (i = 1; i <= columnCount; i++) {
        header = header "," columns[i]
        split(columns[i], part, ":")
        open[i] = "{\"index\":" part[1] ",\"type\":\"" part[2] "\",\"data\":\""
        # Wire form of a value without its data: 22 fixed bytes, the length of the data, the type.
        overhead[i] = 26 + length(part[2])
    }
    site["MA-L"] = "oui/oui.csv"
    site["MA-M"] = "oui28/mam.csv"
    site["MA-S"] = "oui36/oui36.csv"
    site["IAB"] = "iab/iab.csv"
    csvFile = format != "jsonl" ? work "/registry.csv" : ""
    jsonFile = format != "csv" ? work "/registry.jsonl" : ""
    if (csvFile != "") print header > csvFile
    if (jsonFile != "") printf "" > jsonFile
    prefixFile = work "/prefixes.txt"
    printf "" > prefixFile
}

function cell(text) {
    if (text !~ /[",]/) return text
    gsub(/"/, "\"\"", text)
    return "\"" text "\""
}

# Puts a backslash before each `mark`, one character; by hand, since awks differ in what a backslash in gsub's text means.
function escaped(text, mark,    place, done) {
    done = ""
    while ((place = index(text, mark)) > 0) {
        done = done substr(text, 1, place - 1) "\\" mark
        text = substr(text, place + 1)
    }
    return done text
}

function json(text) {
    if (index(text, "\\") == 0 && index(text, "\"") == 0) return text
    return escaped(escaped(text, "\\"), "\"")
}

# Writes one identifier with value[1…columnCount], each written as a whole; empty ones are left out.
function put(identifier,    i, row, list) {
    if (csvFile != "") {
        row = identifier
        for (i = 1; i <= columnCount; i++) row = row "," (value[i] == "" ? "" : cell(value[i]))
        print row > csvFile
    }
    if (jsonFile != "") {
        list = ""
        for (i = 1; i <= columnCount; i++)
            if (value[i] != "") list = list (list == "" ? "" : ",") open[i] json(value[i]) "\"}"
        print "{\"identifier\":\"" identifier "\",\"values\":[" list "]}" > jsonFile
    }
    for (i = 1; i <= columnCount; i++)
        if (value[i] != "") {
            dataBytes += length(value[i])
            wireBytes += length(value[i]) + overhead[i]
        }
    written++
}

function clear(    i) {
    for (i = 1; i <= columnCount; i++) value[i] = ""
}

function putDevice(i,    number, last, identifier, base, page) {
    split(device[i], f, "\t")
    identifier = f[2] "/" f[4]
    page = (f[7] == "PCI" ? "https://pci-ids.ucw.cz/read/PC/" : "https://usb-ids.gowdy.us/read/UD/") f[3] "/" f[4]
    clear()
    value[1] = page
    value[2] = f[5]
    value[3] = f[6]
    value[5] = f[3]
    value[6] = f[4]
    value[7] = f[7]
    put(identifier)
    # Serial numbers are spread evenly over the devices.
    last = int(serials / deviceCount) + (i <= serials % deviceCount ? 1 : 0)
    if (last == 0) return
    clear()
    value[2] = f[5]
    value[3] = f[6]
    for (number = 1; number <= last; number++) {
        base = sprintf("SN%010d", number)
        value[1] = page "?serial=" base "&batch=" sprintf("%06d", (number * 7919 + i) % 1000000)
        value[10] = base
        value[11] = sprintf("2025-%02d-%02d", 1 + number % 12, 1 + int(number / 12 + i) % 28)
        put(identifier "." base)
    }
}

function putBlock(i) {
    split(block[i], f, "\t")
    clear()
    value[1] = "https://standards-oui.ieee.org/" site[f[5]]
    value[2] = f[5] " address block " f[2]
    value[3] = f[3]
    value[4] = f[4]
    value[8] = f[2]
    value[9] = f[5]
    put(prefix ".oui/" f[2])
}

$1 == "P" {
    print $2 "\t" $3 > prefixFile
    prefixCount++
    if ($4 in vendorSeen) shared++
    vendorSeen[$4] = 1
}
$1 == "D" { device[++deviceCount] = $0 }
$1 == "B" { block[++blockCount] = $0 }
$1 == "C" {
    order[++counterCount] = $2
    counter[$2] = $3
}
$1 == "N" { notes[++noteCount] = $2 }

END {
    if (blockCount > 0) {
        print prefix ".oui\tIEEE Registration Authority" > prefixFile
        prefixCount++
    }
    real = deviceCount + blockCount
    serials = wanted > real && deviceCount > 0 ? wanted - real : 0
    limit = wanted > 0 && wanted < real ? wanted : real + serials
    for (i = 1; i <= deviceCount && written < limit; i++) putDevice(i)
    for (i = 1; i <= blockCount && written < limit; i++) putBlock(i)
    summary = work "/summary.txt"
    print "identifiers\t" written + 0 > summary
    print "prefixes\t" prefixCount + 0 > summary
    print "serial_numbers\t" serials > summary
    print "shared_vendor_ids\t" shared + 0 > summary
    for (i = 1; i <= counterCount; i++) print order[i] "\t" counter[order[i]] > summary
    printf "mean_data_bytes\t%.0f\n", (dataBytes / (written > 0 ? written : 1)) > summary
    printf "mean_wire_bytes\t%.0f\n", (wireBytes / (written > 0 ? written : 1)) > summary
    for (i = 1; i <= noteCount; i++) print "note\t" notes[i] > summary
    if (wanted > 0 && written != wanted) {
        print "registry: " written " identifiers instead of " wanted ": there is no device to number" > "/dev/stderr"
        exit 1
    }
}
