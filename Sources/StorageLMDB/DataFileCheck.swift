internal import Glibc

/// What can be said about a data file without mapping it: a file that is cut short faults as soon as LMDB reads it.
///
/// Layout of LMDB 0.9 on 64 bits, little-endian: two meta pages, of which the one with the higher transaction counts;
/// pages begin with a header of 16 bytes.
struct DataFileCheck: ~Copyable {
    private static let pageHeaderByteCount = 16
    private static let lmdbMagic: UInt32 = 0xBEEF_C0DE
    private static let noPage = UInt64.max

    private let path: String
    private let descriptor: Int32
    private let byteCount: Int
    private var pageByteCount = 0

    /// A meta page's fields that matter here.
    private struct Meta {
        var pageByteCount: Int
        var freeListRoot: UInt64
        var lastPage: UInt64
        var transaction: UInt64
    }

    /// Opens the file at `path` for reading, and refuses what is not ours to use.
    init(path: String) throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { throw .dataFileMissing(path: path) }
            throw .system(path: path, operation: "stat", errno: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notADataFile(path: path) }
        guard status.st_uid == geteuid() else {
            throw .wrongOwner(path: path, owner: status.st_uid, expected: geteuid())
        }
        guard status.st_mode & 0o600 == 0o600 else {
            throw .wrongPermissions(path: path, mode: status.st_mode & 0o7777)
        }
        guard status.st_size > 0 else { throw .dataFileEmpty(path: path) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path: path, operation: "open", errno: errno) }
        self.path = path
        self.descriptor = descriptor
        byteCount = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Refuses a file that is not LMDB's or lacks pages that are in use.
    mutating func run() throws(StoreError) {
        let first = try meta(at: 0)
        pageByteCount = first.pageByteCount
        let second = try meta(at: pageByteCount)
        let newest = second.transaction > first.transaction ? second : first
        guard newest.lastPage < UInt64(Int.max / pageByteCount - 1) else { throw .notADataFile(path: path) }
        let pages = UInt64(byteCount / pageByteCount)
        guard newest.lastPage >= pages else { return }
        var missing = Set(pages...newest.lastPage)
        if missing.count <= 1_000_000, newest.freeListRoot != Self.noPage {
            _ = forEachFree(below: newest.freeListRoot, depth: 0) { missing.remove($0) }
        }
        guard missing.isEmpty else {
            throw .dataFileTruncated(
                path: path,
                expectedByteCount: Int(newest.lastPage + 1) * pageByteCount,
                byteCount: byteCount
            )
        }
    }

    private func meta(at offset: Int) throws(StoreError) -> Meta {
        guard let bytes = read(at: offset, byteCount: 152) else {
            throw .dataFileTruncated(path: path, expectedByteCount: offset + 152, byteCount: byteCount)
        }
        let size = Int(Self.load(bytes, 40, as: UInt32.self))
        guard Self.load(bytes, 16, as: UInt32.self) == Self.lmdbMagic, size >= 512, size <= 65_536,
            size & (size - 1) == 0
        else { throw .notADataFile(path: path) }
        guard Self.load(bytes, 20, as: UInt32.self) == 1 else {
            throw .newerFormat(path: path, version: Int(Self.load(bytes, 20, as: UInt32.self)), supported: 1)
        }
        return Meta(
            pageByteCount: size,
            freeListRoot: Self.load(bytes, 80, as: UInt64.self),
            lastPage: Self.load(bytes, 136, as: UInt64.self),
            transaction: Self.load(bytes, 144, as: UInt64.self)
        )
    }

    /// Calls `body` with each page number that the free list under page `number` holds; false: it cannot be read.
    private func forEachFree(below number: UInt64, depth: Int, _ body: (UInt64) -> Void) -> Bool {
        guard depth < 32, let page = page(number, count: 1) else { return false }
        let flags = Self.load(page, 10, as: UInt16.self)
        let lower = Int(Self.load(page, 12, as: UInt16.self))
        let count = max(0, lower - Self.pageHeaderByteCount) / 2
        for index in 0..<count {
            let place = Self.pageHeaderByteCount + index * 2
            guard place + 2 <= page.count else { return false }
            let node = Int(Self.load(page, place, as: UInt16.self))
            guard node + 8 <= page.count else { return false }
            let isBranch = flags & 0x01 != 0
            let done =
                isBranch
                ? forEachFree(below: Self.load(page, node, as: UInt64.self) & 0xFFFF_FFFF_FFFF, depth: depth + 1, body)
                : forEachFree(inLeaf: page, node: node, body)
            guard done else { return false }
        }
        return true
    }

    private func forEachFree(inLeaf page: [UInt8], node: Int, _ body: (UInt64) -> Void) -> Bool {
        let size = Int(Self.load(page, node, as: UInt32.self))
        let flags = Self.load(page, node + 4, as: UInt16.self)
        let data = node + 8 + Int(Self.load(page, node + 6, as: UInt16.self))
        guard flags & 0x01 != 0 else {
            guard data + size <= page.count else { return false }
            return Self.forEachNumber(Array(page[data..<data + size]), body)
        }
        // A long list lies on pages of its own.
        guard data + 8 <= page.count else { return false }
        let first = Self.load(page, data, as: UInt64.self)
        let pages = (Self.pageHeaderByteCount + size + pageByteCount - 1) / pageByteCount
        guard let overflow = self.page(first, count: pages) else { return false }
        return Self.forEachNumber(Array(overflow[Self.pageHeaderByteCount..<Self.pageHeaderByteCount + size]), body)
    }

    private static func forEachNumber(_ list: [UInt8], _ body: (UInt64) -> Void) -> Bool {
        guard list.count >= 8 else { return false }
        let count = load(list, 0, as: UInt64.self)
        guard count <= UInt64(list.count / 8 - 1) else { return false }
        for index in 0..<Int(count) { body(load(list, 8 + index * 8, as: UInt64.self)) }
        return true
    }

    private func page(_ number: UInt64, count: Int) -> [UInt8]? {
        guard number < UInt64(byteCount / pageByteCount) else { return nil }
        return read(at: Int(number) * pageByteCount, byteCount: count * pageByteCount)
    }

    private func read(at offset: Int, byteCount wanted: Int) -> [UInt8]? {
        guard offset >= 0, wanted >= 0, offset <= byteCount - wanted else { return nil }
        var bytes = [UInt8](repeating: 0, count: wanted)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, wanted, offset) }
        return count == wanted ? bytes : nil
    }

    /// A little-endian number; the caller has checked that it lies in `bytes`.
    private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: [UInt8],
        _ offset: Int,
        as type: Number.Type
    ) -> Number {
        bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: type)) }
    }
}
