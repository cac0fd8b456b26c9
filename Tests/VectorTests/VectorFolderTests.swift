import Foundation
import Testing
import VectorFiles

@Suite struct VectorFolderTests {
    @Test func filesThatAreNoVectorsAreFailuresAndUnknownCategoriesAreSkipped() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vectors-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let head = #""format":"do-irp-vectors/1","category":"#
        let good = #"{"name":"e-1","kind":"envelope","fields":\#(Self.envelope),"hex":"\#(Self.envelopeHex)"}"#
        let files = [
            "a-no-json.json": "{\"format\":",
            "b-other-format.json": #"{"format":"do-irp-vectors/2","category":"envelope","count":0,"vectors":[]}"#,
            "c-count.json": #"{\#(head)"envelope","count":2,"vectors":[\#(good)]}"#,
            "d-unknown.json": #"{\#(head)"weather","count":2,"vectors":[1,{}]}"#,
            "e-broken-vector.json": #"{\#(head)"envelope","count":3,"vectors":[\#(good),7,\#(good)]}"#,
            "f-deep.json": String(repeating: "[", count: 100_000),
            "g-waiting.json": #"{\#(head)"rest-http","count":1,"vectors":[{"request":{}}]}"#,
            "notes.txt": "not looked at",
        ]
        for (name, text) in files {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        let report = VectorReport(of: try VectorFolder.files(in: folder.path))
        #expect(report.lines.last == "vectors: 1 passed, 6 failed, 3 skipped")
        #expect(report.remarks == ["skipped: d-unknown.json: unknown category weather, 2 vectors"])
        #expect(report.failures.map { $0.prefix(1) } == ["a", "b", "c", "e", "e", "f"])
        #expect(report.lines.filter { $0.hasPrefix("vectors: ") }.count == 1)
    }

    @Test func aMissingFolderIsAnError() {
        #expect(throws: (any Error).self) { try VectorFolder.files(in: "/no/such/folder") }
    }

    private static let envelopeHex = "0300030000000000000000ff0000000000000000"
    private static let envelope = """
        {"majorVersion":3,"minorVersion":0,"compressed":false,"encrypted":false,"truncated":false,\
        "suggestMajorVersion":3,"suggestMinorVersion":0,"sessionId":0,"requestId":255,"sequenceNumber":0,\
        "messageLength":0}
        """
}
