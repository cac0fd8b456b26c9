/// A class of the national classification of industries, GB/T 4754-2017: a section, and as far as given a division, a
/// group and a class of it, `A`, `01`, `011`, `0111` for rice.
package struct IndustryCategory: Hashable, Sendable {
    /// The divisions of each section.
    private static let divisions: [UInt8: ClosedRange<Int>] = [
        UInt8(ascii: "A"): 1...5, UInt8(ascii: "B"): 6...12, UInt8(ascii: "C"): 13...43, UInt8(ascii: "D"): 44...46,
        UInt8(ascii: "E"): 47...50, UInt8(ascii: "F"): 51...52, UInt8(ascii: "G"): 53...60, UInt8(ascii: "H"): 61...62,
        UInt8(ascii: "I"): 63...65, UInt8(ascii: "J"): 66...69, UInt8(ascii: "K"): 70...70, UInt8(ascii: "L"): 71...72,
        UInt8(ascii: "M"): 73...75, UInt8(ascii: "N"): 76...79, UInt8(ascii: "O"): 80...82, UInt8(ascii: "P"): 83...83,
        UInt8(ascii: "Q"): 84...85, UInt8(ascii: "R"): 86...90, UInt8(ascii: "S"): 91...96, UInt8(ascii: "T"): 97...97,
    ]

    /// The section (门类), a letter from `A` to `T`.
    package let section: [UInt8]
    /// The division (大类), two digits; empty: not given. Likewise the next two.
    package let division: [UInt8]
    /// The group (中类), three digits that begin with the division's.
    package let group: [UInt8]
    /// The class (小类), four digits that begin with the group's.
    package let subclass: [UInt8]

    /// The level that is wrong: 0 the section, to 3 the class.
    package struct Fault: Error, Equatable {
        package let level: Int
    }

    /// Checks that each level is one of the level above it.
    package init(_ section: [UInt8], _ division: [UInt8], _ group: [UInt8], _ subclass: [UInt8]) throws(Fault) {
        guard section.count == 1, let divisions = Self.divisions[section[0]] else { throw Fault(level: 0) }
        (self.section, self.division, self.group, self.subclass) = (section, division, group, subclass)
        let levels = [division, group, subclass]
        for (level, digits) in levels.enumerated() where !digits.isEmpty {
            let above = level == 0 ? [] : levels[level - 1]
            guard digits.count == level + 2, digits.allSatisfy({ (0x30...0x39).contains($0) }),
                level == 0 || !above.isEmpty && digits.starts(with: above)
            else { throw Fault(level: level + 1) }
        }
        guard let number = Int(String(decoding: division, as: UTF8.self)), !divisions.contains(number) else { return }
        throw Fault(level: 1)
    }
}
