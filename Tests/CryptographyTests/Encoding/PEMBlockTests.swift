import Cryptography
import Testing

@Suite struct PEMBlockTests {
    @Test(arguments: [(64, [10]), (76, [13, 10]), (4, [13]), (0, [10])] as [(Int, [UInt8])])
    func blocksComeBack(_ columnCount: Int, _ lineEnd: [UInt8]) throws {
        for count in [0, 1, 47, 48, 49, 57, 200] {
            let block = PEMBlock(label: "X", bytes: (0..<count).map { UInt8($0) })
            let text = block.text(columnCount: columnCount, lineEnd: lineEnd)
            #expect(text.suffix(lineEnd.count).elementsEqual(lineEnd))
            #expect(try PEMBlock(text) == block)
            #expect(try PEMBlock(Array("text before\n".utf8) + text + Array("and after".utf8)) == block)
            #expect(PEMBlock.isBegun(in: text))
        }
    }

    /// The form in which the national software writes SM2 keys (data-model.md §6.1).
    @Test func linesHaveTheWidthAskedFor() throws {
        let vector = try #require(vectors("sm2-public-key", in: "idis-extensions.json").first)
        let block = try PEMBlock(Array(bytes(try vector.text("hex")).dropFirst(4 + 11 + 2 + 4)))
        #expect(block.label == PEMBlock.publicKeyLabel)
        #expect(
            bytes(try vector.text("hex")).suffix(182).elementsEqual(block.text(columnCount: 76, lineEnd: [13, 10]))
        )
        #expect(try PublicKey(subjectPublicKeyInfo: block.bytes).kind == .sm2)
    }

    @Test(arguments: [
        "", "-----BEGIN X-----", "-----BEGIN X-----\nAAAA\n", "-----BEGIN X-----\nAAAA\n-----END Y-----\n",
        "-----BEGIN X-----\n*\n-----END X-----\n", "-----END X-----\n", "-----BEGIN X----\nAAAA\n-----END X-----",
        "-----BEGIN ----\n-----END -----", "AAAA",
    ])
    func textsWithoutABlockAreRefused(_ text: String) {
        #expect(throws: KeyError.malformed) { try PEMBlock(Array(text.utf8)) }
    }

    @Test func blanksAfterTheFirstLineDoNotCount() throws {
        #expect(try PEMBlock(Array("-----BEGIN X-----  \nAAAA\n-----END X-----\t".utf8)).bytes == [0, 0, 0])
        #expect(!PEMBlock.isBegun(in: Array("-----END X-----".utf8)))
    }
}
