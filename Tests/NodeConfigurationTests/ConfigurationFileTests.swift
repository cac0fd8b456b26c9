import Foundation
import Testing

@testable import NodeConfiguration

struct ConfigurationFileTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "hanjiang-\(UUID().uuidString)")

    private func load(_ content: [UInt8]?) throws -> ConfigurationError? {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "node.toml")
        if let content { try Data(content).write(to: file) }
        do throws(ConfigurationError) {
            _ = try NodeConfiguration.load(path: file.path)
            return nil
        } catch {
            return error
        }
    }

    @Test func aGoodFileIsRead() throws {
        #expect(try load(Array("[node]\nprefix = \"88.118\"\n".utf8)) == nil)
    }

    @Test func aMissingFileSaysSo() throws {
        let problem = try #require(try load(nil)?.problems.first)
        #expect(problem.kind == .unreadable)
        #expect(problem.text == Wording("cannot read the file: no such file", "无法读取文件：文件不存在"))
        #expect(problem.place.hasSuffix("node.toml"))
    }

    @Test func aDirectoryIsNoFile() {
        #expect(throws: ConfigurationError.self) { try NodeConfiguration.load(path: "/") }
    }

    @Test func theBoundHolds() throws {
        let head = Array("node.prefix = \"88.1\"\n#".utf8)
        let full = head + [UInt8](repeating: 0x20, count: NodeConfiguration.byteCountMax - head.count)
        #expect(try load(full) == nil)
        #expect(try load(full + [0x20])?.problems.map(\.kind) == [.tooLarge])
    }
}
