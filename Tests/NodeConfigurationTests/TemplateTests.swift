import Foundation
import Testing

@testable import NodeConfiguration

struct TemplateTests {
    /// The file of the repository. Set REWRITE_TEMPLATES=1 to write it anew after a change of the schema.
    private static let shippedPath = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../conf/node.toml"
    )
    .standardizedFileURL

    @Test func shippedFileIsTheTemplateOfTheDefaults() throws {
        let template = NodeConfiguration.commentedTemplate(prefix: "", dataDirectory: "/var/lib/hanjiang")
        if ProcessInfo.processInfo.environment["REWRITE_TEMPLATES"] == "1" {
            try template.write(to: Self.shippedPath, atomically: true, encoding: .utf8)
        }
        let shipped = try String(contentsOf: Self.shippedPath, encoding: .utf8)
        #expect(shipped == template)
    }

    @Test func templateIsTheDefaults() throws {
        let template = NodeConfiguration.commentedTemplate(prefix: "88.118", dataDirectory: "/var/lib/hanjiang")
        let minimal = try NodeConfiguration.parse(text: "[node]\nprefix = \"88.118\"\n", fileName: "minimal.toml")
        #expect(try NodeConfiguration.parse(text: template, fileName: "node.toml") == minimal)
    }

    /// What stands behind # is the default: taking every # away changes nothing.
    @Test func uncommentedTemplateIsTheDefaultsToo() throws {
        let template = NodeConfiguration.commentedTemplate(prefix: "88.118", dataDirectory: "/srv/节点 \"1\"")
        let whole = Self.uncommented(template)
        #expect(whole != template)
        #expect(
            try NodeConfiguration.parse(text: whole, fileName: "whole.toml")
                == NodeConfiguration.parse(text: template, fileName: "node.toml")
        )
    }

    /// Both ways: each key of the schema stands in the shipped file, and each key of the file is one of the schema's.
    @Test func shippedFileHasEveryKeyAndNothingElse() throws {
        let text = Self.uncommented(try String(contentsOf: Self.shippedPath, encoding: .utf8))
        var shipped: Set<String> = []
        for (name, node) in try TOMLDocument(Array(text.utf8)).members {
            switch node {
            case .table(let members): shipped.formUnion(members.keys.map { "\(name).\($0)" })
            case .array(let tables):
                for case .table(let members) in tables { shipped.formUnion(members.keys.map { "\(name).\($0)" }) }
            default: Issue.record("\(name) is no table")
            }
        }
        let known = Set(Schema.tables.flatMap { table in table.keyNames.map { "\(table.name).\($0)" } })
        #expect(shipped == known)
    }

    @Test func everyKeyIsExplainedInBothLanguages() {
        for table in Schema.tables {
            for entry in table.tables(NodeConfiguration()).flatMap({ $0 }) {
                #expect(!entry.comment.english.isEmpty)
                #expect(
                    entry.comment.chinese.unicodeScalars.contains { $0.value >= 0x4E00 && $0.value < 0xA000 },
                    "\(entry.name)"
                )
            }
        }
    }

    private static func uncommented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let rest = line.dropFirst()
            let isSetting = line.first == "#" && rest.first.map { $0 == "[" || $0.isLetter } == true
            return String(isSetting ? rest : line)
        }.joined(separator: "\n")
    }
}
