import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Synchronization

/// What the stress of the index writes: every version of every key is known, byte for byte.
final class StressModel: @unchecked Sendable {
    // Sendable: the words are accessed atomically, the rest is set in init.
    private static let patternByteCount = 16_384
    /// Wire bytes of a value list before and behind the data of its one value.
    private static let listHead: [UInt8] = Array(list(of: []).dropLast(8))
    private static let listTail: [UInt8] = Array(list(of: []).suffix(4))

    let keyCount: Int
    /// Keys that get every second change and every second look-up.
    let hotCount: Int
    private let seed: UInt64
    private let pattern: [UInt8]
    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    init(keyCount: Int, hotCount: Int, seed: UInt64) {
        (self.keyCount, self.hotCount, self.seed) = (keyCount, hotCount, seed)
        var random = SplitMix(seed: seed)
        pattern = (0..<Self.patternByteCount).map { _ in UInt8(truncatingIfNeeded: random.next() >> 32) }
        words = .allocate(capacity: keyCount * 3)
        UnsafeMutableRawPointer(words).initializeMemory(as: UInt64.self, repeating: 0, count: keyCount * 3)
    }

    deinit { words.deallocate() }

    private static func list(of data: [UInt8]) -> [UInt8] {
        var writer = WireWriter(capacity: 64)
        writer.array([HandleValue(index: 1, timestamp: 1, type: Array("URL".utf8), data: data)])
        return [UInt8](writer.bytes)
    }

    private static func isSame(_ wanted: [UInt8], _ place: UnsafeRawPointer) -> Bool {
        wanted.withUnsafeBytes { bytes in bytes.baseAddress.map { memcmp($0, place, bytes.count) } } == 0
    }

    func name(_ key: Int) -> [UInt8] { Array("88.1/STRESS.\(key)".utf8) }

    /// A key, a hot one every second time.
    func anyKey(_ random: inout SplitMix) -> Int {
        let word = random.next()
        return Int(word >> 8) % (word & 1 == 0 ? hotCount : keyCount)
    }

    private func mixed(_ key: Int, _ version: UInt64) -> UInt64 {
        var random = SplitMix(seed: seed ^ UInt64(key) << 40 ^ version)
        return random.next()
    }

    /// Whether `version` is that there is no record; version 0 is.
    func isRemoval(_ key: Int, _ version: UInt64) -> Bool { version == 0 || mixed(key, version) % 5 == 0 }

    /// Bytes of the data of `version`: 30 to 629, now and then 2,500.
    private func byteCount(_ key: Int, _ version: UInt64) -> Int {
        let word = mixed(key, version) >> 8
        return word % 100 == 0 ? 2_500 : 30 + Int(word >> 8) % 600
    }

    private func offset(_ key: Int, _ version: UInt64) -> Int { Int(mixed(key, version) >> 32) % 8_192 }

    /// The command that makes `version` of `key`.
    func change(_ key: Int, _ version: UInt64) throws -> Command.Change {
        let name = try Identifier(name(key))
        guard !isRemoval(key, version) else { return .remove(name: name, expecting: .anything) }
        let start = offset(key, version)
        let data = withUnsafeBytes(of: version.bigEndian, Array.init) + pattern[start..<start + byteCount(key, version)]
        let value = HandleValue(index: 1, timestamp: 1, type: Array("URL".utf8), data: data)
        return .put(name: name, values: [value], expecting: .anything)
    }

    /// The version that `record` is of `key`, if it is one to its last byte; nil: it is none.
    func version(of key: Int, in record: RawSpan) -> UInt64? {
        guard let view = try? StoredRecordView(record), view.areAllPublic, view.name.byteCount == 0 else { return nil }
        return view.valueList.withUnsafeBytes { list in
            let (head, tail) = (Self.listHead, Self.listTail)
            let dataCount = list.count - head.count - 4 - tail.count
            guard dataCount >= 8, let base = list.baseAddress else { return nil }
            let length = base.loadUnaligned(fromByteOffset: head.count, as: UInt32.self).bigEndian
            let data = base + head.count + 4
            let version = data.loadUnaligned(as: UInt64.self).bigEndian
            guard Int(length) == dataCount, !isRemoval(key, version), dataCount - 8 == byteCount(key, version),
                Self.isSame(head, base),
                Self.isSame(tail, data + dataCount)
            else { return nil }
            let start = offset(key, version)
            let order = pattern.withUnsafeBytes { bytes in
                bytes.baseAddress.map { memcmp($0 + start, data + 8, dataCount - 8) }
            }
            return order == 0 ? version : nil
        }
    }

    /// The newest version that was sent to the writer.
    func intended(_ key: Int) -> UInt64 { words[key * 3].load(ordering: .sequentiallyConsistent) }

    func setIntended(_ key: Int, _ version: UInt64) { words[key * 3].store(version, ordering: .sequentiallyConsistent) }

    func setAcknowledged(_ key: Int, _ version: UInt64) {
        words[key * 3 + 1].store(version, ordering: .sequentiallyConsistent)
    }

    /// No answer may be older than this: acknowledged, or seen by any reader.
    func oldest(_ key: Int) -> UInt64 {
        max(
            words[key * 3 + 1].load(ordering: .sequentiallyConsistent),
            words[key * 3 + 2].load(ordering: .sequentiallyConsistent)
        )
    }

    func noteSeen(_ key: Int, _ version: UInt64) {
        _ = words[key * 3 + 2].max(version, ordering: .sequentiallyConsistent)
    }
}
