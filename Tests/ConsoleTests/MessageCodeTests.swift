import Console
import Testing

struct MessageCodeTests {
    @Test(arguments: ["E-IMPORT-017", "W-RUN-001", "E-A-000"])
    func wellFormed(text: String) {
        #expect(MessageCode(text).isWellFormed)
    }

    @Test(arguments: [
        "", "E-IMPORT-17", "E-IMPORT-0171", "X-IMPORT-017", "E-import-017", "E--017", "E-IMPORT-01a", "E-A-B-017",
        "E-IMPORT",
    ])
    func malformed(text: String) {
        #expect(!MessageCode(text).isWellFormed)
    }
}
