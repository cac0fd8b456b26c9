import ResolutionProtocol
import Testing

@Suite struct UTF8TextTests {
    @Test func itAgreesWithSwiftsOwnCheck() {
        var random = SeededRandom(printingSeedFor: #function)
        var validCount = 0
        for _ in 0..<60_000 {
            let bytes = Self.randomText(&random)
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            if isValid { validCount += 1 }
            let offset = UTF8Text.firstInvalidOffset(in: bytes)
            #expect((offset == nil) == isValid)
            // What stands before the offset is text.
            if let offset { #expect(String(validating: bytes[..<offset], as: UTF8.self) != nil) }
        }
        #expect(validCount > 1_000 && validCount < 59_000, "both outcomes are met")
    }

    @Test func everyPairOfOctetsAgreesWithSwiftsOwnCheck() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second, 0x80, 0x80]
                for count in 1...4 {
                    let text = Array(bytes[..<count])
                    let isValid = String(validating: text, as: UTF8.self) != nil
                    if (UTF8Text.firstInvalidOffset(in: text) == nil) != isValid {
                        Issue.record("\(text) is \(isValid ? "" : "in")valid")
                    }
                }
            }
        }
    }

    @Test func controlCharactersAreThoseOfUnicode() {
        for number in 0...0x2_FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(number) else { continue }
            let bytes = Array("a".utf8) + Array(String(Character(scalar)).utf8)
            let isControl = scalar.properties.generalCategory == .control
            if (UTF8Text.firstControlOffset(in: bytes) == 1) != isControl { Issue.record("U+\(number)") }
        }
    }

    /// Octets that make up text now and then.
    private static func randomText(_ random: inout SeededRandom) -> [UInt8] {
        (0..<random.below(4)).flatMap { _ -> [UInt8] in
            guard random.below(4) > 0, let scalar = Unicode.Scalar(UInt32(random.below(0x11_0000))) else {
                return random.bytes(1 + random.below(2))
            }
            var bytes = Array(String(Character(scalar)).utf8)
            if random.below(8) == 0 { bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8)) }
            return bytes
        }
    }
}
