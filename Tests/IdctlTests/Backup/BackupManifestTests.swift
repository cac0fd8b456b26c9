import ResolutionProtocol
import StorageLMDB
import Testing

@testable import idctl

@Suite struct BackupManifestTests {
    private func manifest(_ node: TestNode) throws -> BackupManifest {
        let store = try node.open()
        defer { store.close() }
        var summary = BackupSummary()
        summary.firstSequence = 3
        summary.lastSequence = 5
        summary.tables = [
            BackupSummary.TableRows(name: "records", count: 7), BackupSummary.TableRows(name: "log", count: 9),
        ]
        return BackupManifest(node: try BackupManifest.Node(store), madeUnixSeconds: 86_400, summary: summary)
    }

    @Test func itNamesTheNodeAndWhatItHolds() throws {
        let manifest = try manifest(try TestNode(homing: ["88.118", "88.118.8"]))
        let tree = try #require(JSONTree(manifest.json))
        #expect(tree["made"] == .string("1970-01-02T00:00:00Z"))
        #expect(tree["node"]?["prefix"] == .string("88.118"), "the one that was homed first")
        #expect(tree["node"]?["prefixes_homed"] == .word("2"))
        #expect(tree["sequence"]?["held"] == .word("5"))
        #expect(tree["identifiers"] == .word("7"))
        #expect(tree["rows"]?["log"] == .word("9"))
        #expect(manifest.json.last == 0x0A)
    }

    @Test func itAgreesWithItsOwnBackupAlone() throws {
        let manifest = try manifest(try TestNode(homing: ["88.118"]))
        var contents = BackupContents(summary: manifest.summary, manifest: manifest.json)
        #expect(BackupManifest.agrees(contents))
        contents.summary.lastSequence = 6
        #expect(!BackupManifest.agrees(contents))
        contents = BackupContents(summary: manifest.summary, manifest: Array("{}".utf8))
        #expect(!BackupManifest.agrees(contents))
    }

    @Test func inADirectoryTheFileIsNamedForNodeAndTime() throws {
        let node = try TestNode(homing: ["88.118"])
        let facts = try manifest(node).node
        let folder = node.folder.file("data")
        let path = BackupCommand.path(folder, facts, unixSeconds: 86_400)
        #expect(path == folder + "/hanjiang-88.118-19700102T000000Z.backup")
        #expect(BackupCommand.path(folder + "/x", facts, unixSeconds: 0) == folder + "/x")
        #expect(BackupCommand.path("-", facts, unixSeconds: 0) == "-")
    }
}
