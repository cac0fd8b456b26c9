import Glibc
import Testing

@testable import EventLoop

@Suite struct SystemMemoryTests {
    private static let gibibyte = 1 << 30

    @Test func aMachineHasMemory() {
        #expect(SystemMemory.byteCount() > 16 << 20)
    }

    /// Limits of the folders `/`, `/a` and `/a/b`, and what holds for a process in `/a/b` on a machine of 8 GiB.
    private static let cases: [(limits: [[String: String]], expected: Int)] = [
        ([[:], [:], [:]], 8 * gibibyte),
        ([[:], ["memory.max": "max\n"], ["memory.max": "1073741824\n"]], gibibyte),
        ([[:], ["memory.max": "1073741824\n"], ["memory.max": "max\n", "memory.high": "max\n"]], gibibyte),
        ([[:], [:], ["memory.max": "6442450944\n", "memory.high": "2147483648\n"]], 2 * gibibyte),
        ([["memory.max": "3221225472\n"], [:], [:]], 3 * gibibyte),
        ([[:], [:], ["memory.max": "99999999999999\n"]], 8 * gibibyte),
        ([[:], [:], ["memory.max": "much\n"]], 8 * gibibyte),
    ]

    @Test(arguments: cases)
    func theLowestLimitOfTheGroupsHolds(_ limits: [[String: String]], _ expected: Int) throws {
        let folder = try Folder()
        for (path, files) in zip(["", "/a", "/a/b"], limits) {
            mkdir(folder.path + path, 0o700)
            for (name, text) in files { folder.write(path + "/" + name, text) }
        }
        let found = SystemMemory.byteCount(machine: 8 * Self.gibibyte, groups: "0::/a/b\n", folder: folder.path)
        #expect(found == expected)
    }

    @Test(arguments: ["", "5:memory:/a\n", "0::/\n", "0::/../elsewhere\n"])
    func withoutAGroupOfItsOwnTheMachinesMemoryHolds(_ groups: String) throws {
        let folder = try Folder()
        #expect(SystemMemory.byteCount(machine: 1_000, groups: groups, folder: folder.path) == 1_000)
    }
}

/// A folder that is removed with it.
private final class Folder {
    let path: String

    init() throws {
        var template = Array("\(P_tmpdir)/hanjiang-groups-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        path = String(cString: try #require(made))
    }

    deinit {
        for place in ["/a/b", "/a", ""] {
            for name in ["memory.max", "memory.high"] { unlink(path + place + "/" + name) }
            rmdir(path + place)
        }
    }

    func write(_ name: String, _ text: String) {
        let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        #expect(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
    }
}
