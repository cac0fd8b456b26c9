import Resolution
import ResolutionProtocol
import Testing

@Suite struct ServerSelectionTests {
    @Test(
        arguments: [
            // data-model.md §7.3
            ("35.TEST/Abc", 349_452_868, 891_676_978, 1_434_509_452),
            ("35.test/abc", 349_452_868, 891_676_978, 1_434_509_452),
            ("0.NA/35.TEST", 36_223_079, 349_452_868, 1_622_251_638),
            ("10.1000/1", 2_091_615_925, 1_869_972_635, 1_515_935_840),
        ] as [(String, UInt32, UInt32, UInt32)]
    )
    func hashesOfTheReference(_ identifier: String, _ byPrefix: UInt32, _ bySuffix: UInt32, _ byAll: UInt32) throws {
        let bytes = Array(identifier.utf8)
        #expect(try ServerSelection.hash(of: bytes, option: .byPrefix) == byPrefix)
        #expect(try ServerSelection.hash(of: bytes, option: .bySuffix) == bySuffix)
        #expect(try ServerSelection.hash(of: bytes, option: .byAll) == byAll)
    }

    @Test func aBarePrefixIsASuffixOf0NA() throws {
        let (bare, record) = (Array("35.test".utf8), Array("0.NA/35.TEST".utf8))
        for option in [SiteInfo.HashOption.byPrefix, .bySuffix] {
            #expect(
                try ServerSelection.hash(of: bare, option: option) == ServerSelection.hash(of: record, option: option)
            )
        }
    }

    @Test func anUnknownOptionIsByAll() throws {
        let identifier = Array("88.118/x".utf8)
        #expect(
            try ServerSelection.hash(of: identifier, option: SiteInfo.HashOption(rawValue: 9))
                == ServerSelection.hash(of: identifier, option: .byAll)
        )
    }

    @Test func thePositionIsTheHashModuloTheServers() throws {
        let identifier = Array("10.1000/1".utf8)
        #expect(try ServerSelection.serverIndex(of: identifier, option: .byAll, serverCount: 0) == nil)
        #expect(try ServerSelection.serverIndex(of: identifier, option: .byAll, serverCount: -1) == nil)
        for count in 1...20 {
            let index = try ServerSelection.serverIndex(of: identifier, option: .byAll, serverCount: count)
            #expect(index == 1_515_935_840 % count)
        }
    }

    @Test func everyServerOfASiteGetsItsShare() throws {
        var counts = [Int](repeating: 0, count: 7)
        for number in 0..<7_000 {
            let identifier = Array("88.118.1/\(number)".utf8)
            if let index = try ServerSelection.serverIndex(of: identifier, option: .byAll, serverCount: 7) {
                counts[index] += 1
            }
        }
        #expect(counts.reduce(0, +) == 7_000)
        #expect(counts.allSatisfy { $0 > 800 && $0 < 1_200 })
    }
}
