import Foundation
import Glibc

/// A directory for one test, removed with it. Its path is short, as that of a Unix socket must be.
final class TestDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("\(P_tmpdir)/hj-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        guard let made else { throw NodeFailure("no directory for the test: errno \(errno)") }
        path = String(cString: made)
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        guard let names = try? names(in: path) else {
            unlink(path)
            return
        }
        for name in names { remove("\(path)/\(name)") }
        rmdir(path)
    }

    /// The names in a directory, in order, without `.` and `..`.
    private static func names(in path: String) throws -> [String] {
        guard let directory = opendir(path) else { throw NodeFailure("\(path): errno \(errno)") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Every file below `path` with a digest of its bytes, times of change left out.
    static func snapshot(_ path: String) throws -> [String: UInt64] {
        var found: [String: UInt64] = [:]
        for name in try names(in: path) {
            let inner = "\(path)/\(name)"
            if let below = try? snapshot(inner) {
                found[name + "/"] = 0
                for (key, value) in below { found["\(name)/\(key)"] = value }
            } else {
                found[name] = try digest(TestFile.read(inner))
            }
        }
        return found
    }

    /// FNV-1a of the bytes and their number: enough to see a change.
    private static func digest(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
