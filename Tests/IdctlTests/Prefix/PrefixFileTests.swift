import Console
import Testing

@testable import idctl

@Suite struct PrefixFileTests {
    @Test func `lines of prefix, tab and name are read`() throws {
        let text = "# makers\n88.118.pci-1\tOne Ltd\r\n\n88.118.oui\n0.NA/88.118.2\t二\tmore\n"
        let found = try PrefixFile.parse(Array(text.utf8), path: "p.txt")
        #expect(found.map { String(decoding: $0.prefix, as: UTF8.self) } == ["88.118.PCI-1", "88.118.OUI", "88.118.2"])
        #expect(found.map { String(decoding: $0.name, as: UTF8.self) } == ["One Ltd", "", "二\tmore"])
    }

    @Test(arguments: ["88..118", "88.118/x", ".88", "88.", "88 118"])
    func `a line that is no prefix is an error that names it`(line: String) {
        let error = #expect(throws: CommandFailure.self) {
            try PrefixFile.parse(Array("88.118\n\(line)\n".utf8), path: "p.txt")
        }
        #expect(error?.messages.first?.place == MessagePlace(file: "p.txt", line: 2))
    }
}
