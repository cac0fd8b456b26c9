/// What is known of a cell while it is read.
struct SheetCell {
    /// What its `v` element holds.
    enum Kind { case number, sharedText, text, boolean, error, date }

    /// From 0.
    let column: Int
    let kind: Kind
    let format: Int
    var hasFormula = false
    /// Whether its text is longer than a field may be.
    var isTooLong = false

    /// Reads the attributes of a `c` element; `next` is its column if it names none. `nil`: no column.
    init?(_ attributes: XMLAttributes, next: Int) {
        guard let column = attributes["r"].map(Self.column) ?? next, column >= next else { return nil }
        self.column = column
        kind = Self.kind(attributes["t"])
        format = attributes["s"].flatMap(CellText.integer).flatMap { Int(exactly: $0) } ?? 0
    }

    private static func kind(_ type: UnsafeBufferPointer<UInt8>?) -> Kind {
        guard let type, !type.equals("n") else { return .number }
        if type.equals("s") { return .sharedText }
        if type.equals("b") { return .boolean }
        if type.equals("e") { return .error }
        return type.equals("d") ? .date : .text
    }

    /// The column of a reference such as `AB12`.
    private static func column(_ reference: UnsafeBufferPointer<UInt8>) -> Int? {
        var number = 0
        // Three letters are all that a spreadsheet has.
        for (position, byte) in reference.enumerated() {
            guard (0x41...0x5A).contains(byte) else { return position > 0 ? number - 1 : nil }
            guard position < 3 else { return nil }
            number = number * 26 + Int(byte - 0x40)
        }
        return nil
    }

    /// Whether a spreadsheet cannot hold the digits of a number: an exponent, or more than 15 of them.
    static func hasLostDigits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if CellText.isExponentNumber(text) { return true }
        let digits = text.filter { (0x30...0x39).contains($0) }
        return digits.drop { $0 == 0x30 }.count > 15
    }
}
