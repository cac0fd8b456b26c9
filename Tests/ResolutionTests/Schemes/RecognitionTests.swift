import ResolutionProtocol
import Testing

@testable import Resolution

/// What every recognition says, whatever the text.
@Suite struct RecognitionTests {
    private static func notes(_ text: String) -> [RecognitionNote] { Recognition(Array(text.utf8)).notes }

    @Test func `notes say where in the typed text`() {
        #expect(Self.notes("\t]Q3hdl:88.118.8/X\n").map(\.place) == [0, 1, 4])
        #expect(Self.notes("88.118.8/X \n").map(\.place) == [10])
        #expect(Self.notes("８８．１１８．８／Ｘ").map(\.place) == [0, 27])
        #expect(Self.notes(" urn:oid:1.2.03").map(\.place) == [0, 13])
        #expect(Self.notes("(01)06901234567893").map(\.place) == [17])
        #expect(Self.notes("https://h/%38%38.118.8/x?a").map(\.place) == [0, 24])
        #expect(Self.notes("88.118..8/x").first?.place == 7)
    }

    @Test func `a homed prefix is ours, and speaks for itself alone`() {
        let settings = RecognitionSettings(homedPrefixes: [Array("88.118.8".utf8), Array("5.6".utf8)])
        func route(_ text: String) -> SchemeRoute { Recognition(Array(text.utf8), settings).route }
        #expect(route("88.118.8/x") == .own)
        #expect(route("88.118.8") == .own)
        #expect(route("88.118.8.1/x") == .ownElseTopLevel)
        #expect(route("5.6/x") == .own)
        #expect(route("5.6") == .own)
        #expect(route("5.7/x") == .globalRegistry)
    }

    @Test func `each identifier has the coding type of tables T2 and T7`() {
        let types: [(String, CodingType?)] = [
            ("86.122.2/x", .handle), ("10.1000/182", .handle), ("88.118.8/x", .vaa), ("88.118.8", .vaa),
            ("1.2.156", .oid),
            ("(01)06901234567892", .gs1), ("urn:epc:id:sgtin:0614141.112345.400", .gs1),
            ("did:bid:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2", .didBID), ("did:key:z", nil), ("x", nil),
        ]
        for (text, type) in types { #expect(Recognition(Array(text.utf8)).codingType == type, "\(text)") }
        let said = RecognitionSettings(codingType: .ecode)
        #expect(Recognition(Array("x".utf8), said).codingType == .ecode)
    }

    @Test func `the route has what is needed to go there`() {
        func route(_ text: String) -> SchemeRoute { Recognition(Array(text.utf8)).route }
        #expect(route("1.2.156.3088") == .objectIdentifierSystem(labels: Array("3088.156.2.1".utf8)))
        let link = "https://id.x/a/01/06901234567892?linkType=all"
        #expect(route(link) == .gs1Resolver(address: Array(link.utf8)), "an address names its own resolver")
    }

    @Test func `a text too long is not looked at, and identifiers in identifiers come to an end`() {
        let long = [UInt8](repeating: UInt8(ascii: "8"), count: Recognition.byteCountMax + 1)
        #expect(Recognition(long).notes.map(\.code) == ["W-SCHEME-041"])
        #expect(Recognition(long).canonical == long)
        #expect(Recognition(Array(long.dropLast())).notes.map(\.code) == ["W-SCHEME-042"])
        let nested = String(repeating: "hdl:", count: 40) + "88.118.8/x"
        #expect(Self.notes(nested).last?.code == "W-SCHEME-048")
        #expect(Recognition(Array(nested.utf8)).scheme == .unknown)
    }

    @Test func `bytes that are no text are recognised as nothing and stay`() {
        for bytes: [UInt8] in [[0xFF], [0x38, 0x38, 0xC3], [0xEF, 0xBC], [0], [0x5D, 0x51, 0x33]] {
            let found = Recognition(bytes)
            #expect(found.canonical == bytes)
            #expect(found.route == .none)
        }
    }

    @Test func `every note has its own code and both languages`() {
        let texts = [
            "", "x", "a/b", "88..1/x", "https://h", "hdl:", "urn:x:y", "(05)1", "(01)1", "{1 2", "6901234567893",
        ]
        for note in texts.flatMap(Self.notes) {
            #expect(!note.description.isEmpty && !note.chineseDescription.isEmpty)
            #expect(note.description != note.code && note.chineseDescription != note.code)
        }
        #expect(
            RecognitionNote(.checkDigit(expected: UInt8(ascii: "2")), at: 0).description.contains("2 would be right")
        )
        #expect(RecognitionNote.text([0x41, 0x1B, 0x42]) == "AB", "foreign bytes do no harm in a sentence")
    }

    @Test func `cut at every byte, and with every byte changed, a text does no harm`() {
        for text in [
            "]Q3\u{FEFF}（０１）０６９０１２３４５６７８９２（21）A1\r\n", "https://id.x/01/6901234567892/10/a%2Fb?17=251231&linkType=x",
            "{iso(1) member-body(2) 156}", "did:vaa:c:86.100.1234/x", "010690123456789210ABC\u{1D}21123",
            "urn:epc:id:itip:4012345.012345.04.04.987", "25SVAA88.118.8/x",
        ] {
            let bytes = Array(text.utf8)
            for count in bytes.indices {
                let found = Recognition(Array(bytes[..<count]))
                #expect(found.notes.allSatisfy { (0...count).contains($0.place) })
                for value: UInt8 in [0, 0x1D, 0x25, 0x28, 0x2F, 0x39, 0x5D, 0x7D, 0xFF] {
                    var changed = bytes
                    changed[count] = value
                    #expect(!Recognition(changed).canonical.isEmpty)
                }
            }
        }
    }
}
