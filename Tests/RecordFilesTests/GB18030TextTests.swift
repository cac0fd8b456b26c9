import Foundation
import Testing

@testable import RecordFiles

/// Files in GB18030, said to be (user-experience A2, reliability case B4).
@Suite struct GB18030TextTests {
    private static func read(
        _ bytes: [UInt8],
        blockByteCount: Int = 1 << 18
    ) throws -> (names: [String], data: [String], refused: Int) {
        let path = FileManager.default.temporaryDirectory.appending(path: "hanjiang-gb-\(UUID()).csv").path
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let descriptor = open(path, O_RDONLY)
        let text = try GB18030Text(descriptor: descriptor, isOwned: true, blockByteCount: blockByteCount)
        let reader = try CSVReader(RowSource(producer: text))
        var row = RecordRow()
        var (names, data, refused): ([String], [String], Int) = ([], [], 0)
        while true {
            switch try reader.next(into: &row) {
            case .end: return (names, data, refused)
            case .rejected: refused += 1
            case .record:
                names.append(String(decoding: row.copy(row.identifier), as: UTF8.self))
                data.append(String(decoding: row.copy(row.values[0].data), as: UTF8.self))
            }
        }
    }

    /// 汉江, 水泵 and 𠮷 (four bytes) in GB18030.
    private static let river: [UInt8] = [0xBA, 0xBA, 0xBD, 0xAD]
    private static let pump: [UInt8] = [0xCB, 0xAE, 0xB1, 0xC3]
    private static let rare: [UInt8] = [0x95, 0x34, 0xB2, 0x35]

    private static func line(_ name: String, _ data: [UInt8]) -> [UInt8] {
        Array("88.118.8/\(name),".utf8) + data + [10]
    }

    @Test(arguments: [1 << 18, 5, 1])
    func `A2 text is converted, in pieces of any size`(blockByteCount: Int) throws {
        let input =
            Array("identifier,1:DESC\n".utf8) + Self.line("a", Self.river) + Self.line("b", Self.pump)
            + Self.line("c", Self.rare) + Self.line("d", Array("plain".utf8))
        let found = try Self.read(input, blockByteCount: blockByteCount)
        #expect(found.names == ["a", "b", "c", "d"].map { "88.118.8/\($0)" })
        #expect(found.data == ["汉江", "水泵", "\u{20BB7}", "plain"])
        #expect(found.refused == 0)
    }

    @Test(arguments: 1...9)
    func `A2 room for a few bytes cuts no character`(room: Int) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "hanjiang-gb-\(UUID()).txt").path
        try Data(Self.river + Self.rare + [0x41, 0x80, 0x42]).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = try GB18030Text(descriptor: open(path, O_RDONLY), isOwned: true)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: room)
        while true {
            let count = try buffer.withUnsafeMutableBytes { bytes in try text.produce(into: bytes) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        #expect(bytes == Array("汉江\u{20BB7}A".utf8) + [0xFF] + Array("B".utf8))
    }

    @Test func `B4 a byte that is no character refuses its row alone`() throws {
        let input =
            Array("identifier,1:DESC\n".utf8) + Self.line("a", Self.river)
            + Self.line("b", Self.pump + [0x80, 0x41]) + Self.line("c", Self.pump)
        let found = try Self.read(input)
        #expect(found.data == ["汉江", "水泵"])
        #expect(found.refused == 1)
        let cut = try Self.read(Array("identifier,1:DESC\n".utf8) + Self.line("a", Self.river) + [0xBA])
        #expect(cut.data == ["汉江"] && cut.refused == 1)
    }

    @Test func `a file of UTF-8 is not read as GB18030`() throws {
        let input = Array("identifier,1:DESC\n88.118.8/a,汉江水泵额定功率\n".utf8)
        #expect(throws: RecordFileError.notGB18030) { try Self.read(input) }
    }

    @Test func `the way to say so is told where it is needed`() {
        let input = Array("identifier,1:DESC\n".utf8) + Self.line("a", Self.river + Self.pump)
        do throws(RecordFileError) {
            _ = try RowSource(bytes: input)
            Issue.record("read")
        } catch {
            #expect(error == .suspectedGB18030)
            #expect(error.message(.english).contains("--encoding gb18030"))
            #expect(error.message(.chinese).contains("--encoding gb18030"))
        }
    }
}
