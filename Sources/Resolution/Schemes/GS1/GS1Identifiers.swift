/// The application identifiers of GS1 (General Specifications §3.2, release 25): what may stand in an element string.
enum GS1Identifiers {
    struct Row: Sendable {
        let format: GS1Format
        /// Whether no separator is needed behind it: its first two digits say how long it is (§7.8.5, figure 7.8.5-2).
        let isPredefined: Bool
    }

    /// The row of an identifier of two to four digits; nil: there is none.
    static func row(_ identifier: some Sequence<UInt8>) -> Row? { rows[Array(identifier)] }

    /// The identifier that `data` begin with. No identifier is the beginning of another.
    static func identifier(atStartOf data: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        (2...4).lazy.map { data.prefix($0) }.first { rows[Array($0)] != nil }
    }

    private static let rows: [[UInt8]: Row] = {
        var rows: [[UInt8]: Row] = [:]
        for (names, notation) in table {
            let format = GS1Format(notation)
            for name in identifiers(names) {
                let isPredefined = predefined.contains(String(name.prefix(2)))
                rows[Array(name.utf8)] = Row(format: format, isPredefined: isPredefined)
            }
        }
        return rows
    }()

    /// `310-316:0-5`: 3100 to 3105, 3110 to 3115 and so on; `91-99`: these; several with blanks.
    private static func identifiers(_ names: String) -> [String] {
        names.split(separator: " ").flatMap { name -> [String] in
            let parts = name.split(separator: ":")
            let heads = numbers(parts[0])
            return parts.count < 2 ? heads : heads.flatMap { head in numbers(parts[1]).map { head + $0 } }
        }
    }

    private static func numbers(_ text: Substring) -> [String] {
        let ends = text.split(separator: "-").compactMap { Int($0) }
        guard ends.count == 2, ends[0] <= ends[1] else { return [String(text)] }
        return (ends[0]...ends[1]).map { "\($0)" }
    }

    private static let predefined: Set = [
        "00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "31", "32", "33",
        "34",
        "35", "36", "41",
    ]

    private static let table: [(names: String, format: String)] = [
        ("00", "N18c"), ("01 02 03", "N14c"),
        ("10 21 22 243 254 7020 7021 7022 7240 8002 8012 710-716", "X..20"),
        ("11 12 13 15 16 17", "N6"), ("20", "N2"), ("235", "X..28"),
        ("240 241 250 251 400 403 7002 7023 8004 90", "X..30"), ("242", "N..6"),
        ("253", "N13c [X..17]"), ("255", "N13c [N..12]"), ("30 37", "N..8"),
        ("310-316:0-5 320-329:0-5 330-337:0-5 340-349:0-5 350-357:0-5 360-369:0-5", "N6"),
        ("390:0-9 392:0-9", "N..15"), ("391:0-9 393:0-9", "N3 N..15"), ("394:0-3", "N4"), ("395:0-5", "N6"),
        ("401", "X..30"), ("402", "N17c"), ("410-417", "N13c"), ("420 4318", "X..20"), ("421", "N3 X..9"),
        ("422 424 426", "N3"), ("423 425", "N..15"), ("427 7008", "X..3"),
        ("4300 4301 4310 4311 4320", "X..35"), ("4302-4306 4312-4316", "X..70"), ("4307 4317", "X2"),
        ("4308 4319", "X..30"), ("4309", "N10 N10"), ("4321-4323", "N1"), ("4324 4325", "N6 N4"), ("4326 7006", "N6"),
        ("4330-4333", "N6 [X1]"), ("7001", "N13"), ("7003", "N6 N4"), ("7004", "N..4"), ("7005", "X..12"),
        ("7007", "N6 [N6]"), ("7009", "X..10"), ("7010", "X..2"), ("7011", "N6 [N4]"), ("7030-7039", "N3 X..27"),
        ("7040", "N1 X1 X1 X1"), ("7041", "X..4"), ("7230-7239", "X2 X..28"), ("7241", "N2"), ("7242", "X..25"),
        ("7250", "N8"), ("7251", "N8 N4"), ("7252", "N1"), ("7253 7254", "X..40"), ("7255", "X..10"), ("7256", "X..90"),
        ("7257", "X..70"), ("7258", "N1 X1 N1"), ("7259", "X..40"),
        ("8001", "N4 N5 N3 N1 N1"), ("8003", "N1 N13c [X..16]"), ("8005", "N6"), ("8006 8026", "N14c N4"),
        ("8007", "X..34"), ("8008", "N8 [N..4]"), ("8009", "X..50"), ("8010", "Y..30"), ("8011", "N..12"),
        ("8013", "X..25"), ("8014", "X..25"), ("8017 8018", "N18c"), ("8019", "N..10"), ("8020", "X..25"),
        ("8030", "Z..90"), ("8110 8112 8200", "X..70"), ("8111", "N4"), ("91-99", "X..90"),
    ]
}
