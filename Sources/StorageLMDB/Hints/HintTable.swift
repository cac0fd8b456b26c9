internal import CLMDB
internal import Glibc

/// Where a record may lie in the map, and what its bytes would be: two words that are believed only when a copy of
/// those bytes has been proved.
///
///     place  tag of the key's hash (16 bits), address of the value in the map (48); 0: none
///     proof  fingerprint of the value's bytes (53 bits), their number (11)
struct Hint: BitwiseCopyable {
    static let none = Hint(place: 0, proof: 0)
    static let addressMask: UInt64 = 1 << 48 - 1

    var place: UInt64
    var proof: UInt64

    @inline(__always) var isNone: Bool { place == 0 }
    @inline(__always) var byteCount: Int { Int(truncatingIfNeeded: proof & 0x7FF) }
    @inline(__always) var address: UnsafeRawPointer? {
        UnsafeRawPointer(bitPattern: UInt(place & Self.addressMask))
    }
}

/// The table of hints: hash of a key → place and proof of its record. The only file that knows the table's memory, and
/// that reads the map without a snapshot.
///
/// Slots of 16 bytes, four to a bucket of one cache line. A hint lies in its home bucket or one of the next three; a
/// key for which there is no slot is not in the table, nothing is moved for it. One thread at a time writes (I2); any
/// number read meanwhile, and may read a mixed pair of words, which the proof finds out.
struct HintTable: BitwiseCopyable {
    /// The most bytes of a value: 11 bits of the slot say how many it has.
    static let valueByteCountMax = 2_047
    /// Bytes that a copy of a key and a value takes at most.
    static let copyByteCountMax = StoreKey.plainByteCountMax + valueByteCountMax
    /// Slots that a key may be in.
    static let windowSlotCount = 16
    private static let slotByteCount = 16
    private static let bucketByteCount = 64
    /// Buckets behind the last home bucket, so that each has a whole window.
    private static let spareBucketCount = 3

    private let slots: UnsafeMutableRawPointer
    /// Home buckets.
    let bucketCount: Int
    /// Bytes of a page of the data file, a power of two: no record reaches over one.
    let pageByteCount: Int
    let hash: HintHash
    #if DEBUG
    /// What is wrong on purpose.
    var fault: HintFault?
    #endif

    /// A table with room for `capacity` hints at six tenths of its slots; nil: there is no memory. Ended by `unmap`.
    init?(capacity: Int, pageByteCount: Int, hash: HintHash) {
        let slotCount = (max(1, capacity) * 5 + 2) / 3
        bucketCount = (slotCount + 3) / 4
        let byteCount = Self.byteCount(bucketCount)
        let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let memory, memory != MAP_FAILED else { return nil }
        // Refused on some systems, and then it is only slower.
        madvise(memory, byteCount, MADV_HUGEPAGE)
        slots = memory
        self.pageByteCount = pageByteCount
        self.hash = hash
    }

    /// Gives the memory back; nobody may use the table any more.
    func unmap() { munmap(slots, Self.byteCount(bucketCount)) }

    /// Identifiers for which a table of so many bytes has room.
    static func capacity(byteCount: Int) -> Int {
        let slotCount = (max(0, byteCount) / bucketByteCount - spareBucketCount) * 4
        // The next smaller, as the number of slots is rounded up.
        return max(0, (slotCount - 4) * 3 / 5)
    }

    /// Slots, those behind the last home bucket included.
    var slotCount: Int { (bucketCount + Self.spareBucketCount) * 4 }

    /// Bytes of the table.
    var byteCount: Int { Self.byteCount(bucketCount) }

    private static func byteCount(_ bucketCount: Int) -> Int { (bucketCount + spareBucketCount) * bucketByteCount }

    /// First slot of the window of a key's hash.
    @inline(__always)
    private func window(of hash: UInt64) -> UnsafeMutableRawPointer {
        let home = hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: bucketCount)).high
        return slots + Int(truncatingIfNeeded: home) &* Self.bucketByteCount
    }

    /// Number of the home bucket of a key's hash.
    func bucket(of hash: UInt64) -> Int { (window(of: hash) - slots) / Self.bucketByteCount }

    @inline(__always)
    private static func isMatch(_ place: UInt64, _ hash: UInt64) -> Bool {
        place != 0 && (place ^ hash << 48) & ~Hint.addressMask == 0
    }
}

// Readers.
extension HintTable {
    /// Fetches the home bucket of a key's hash.
    @inline(__always)
    func prefetch(_ hash: UInt64) { hj_hint_prefetch(window(of: hash)) }

    /// The first hint in the window with the tag of a key's hash: perhaps another key's, perhaps an old one.
    @inline(__always)
    func hint(of hash: UInt64) -> Hint {
        var slot = UnsafeRawPointer(window(of: hash))
        for _ in 0..<Self.windowSlotCount {
            let place = hj_hint_load(slot)
            if Self.isMatch(place, hash) { return Hint(place: place, proof: hj_hint_load(slot + 8)) }
            slot += Self.slotByteCount
        }
        return .none
    }

    /// Fetches key and value of a hint.
    @inline(__always)
    func prefetch(_ hint: Hint, keyByteCount: Int) {
        guard let address = hint.address else { return }
        var place = address - keyByteCount
        let last = address + hint.byteCount - 1
        while place < last {
            hj_hint_prefetch(place)
            place += 64
        }
        hj_hint_prefetch(last)
    }

    /// Copies what lies at `hint` to `copy`, which holds `copyByteCountMax` bytes, and proves the copy: the key's bytes
    /// with the bytes of the value that was published for it behind them. Returns the value, in the copy; nil: what
    /// lies there is something else, or changed meanwhile.
    ///
    /// No snapshot keeps the page from being used again: it may hold anything, and be written while it is read. Nothing
    /// in it is believed, not even a length. Safe: an address in the map stays readable while the map does not move,
    /// the value ends within the page that it was published in, and before the first page of records there are other
    /// pages.
    @inline(__always)
    func copyProven(
        _ hint: Hint,
        key: UnsafeRawBufferPointer,
        hash keyHash: UInt64,
        to copy: UnsafeMutableRawPointer
    ) -> UnsafeRawBufferPointer? {
        guard let address = hint.address, let wanted = key.baseAddress else { return nil }
        let byteCount = hint.byteCount
        copy.copyMemory(from: address - key.count, byteCount: key.count &+ byteCount)
        hj_hint_copied()
        let value = UnsafeRawPointer(copy + key.count)
        guard isProven(value, hint, keyHash), memcmp(copy, wanted, key.count) == 0 else { return nil }
        return UnsafeRawBufferPointer(start: value, count: byteCount)
    }

    @inline(__always)
    private func isProven(_ value: UnsafeRawPointer, _ hint: Hint, _ keyHash: UInt64) -> Bool {
        #if DEBUG
        if fault == .keyComparedAlone { return true }
        #endif
        return hash.fingerprint(value, count: hint.byteCount, key: keyHash) == hint.proof >> 11
    }
}

// The writer.
extension HintTable {
    /// The hint for `value`, which lies in the map behind its `key`, whose hash is given; nil: it is too long, or not
    /// in one page.
    func makeHint(key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, hash keyHash: UInt64) -> Hint? {
        guard value.count <= Self.valueByteCountMax, key.count <= StoreKey.plainByteCountMax, !key.isEmpty,
            let keyStart = key.baseAddress, let start = value.baseAddress, keyStart + key.count == start
        else { return nil }
        let address = UInt64(UInt(bitPattern: start))
        let last = address + UInt64(value.count) - (value.isEmpty ? 0 : 1)
        let page = ~UInt64(pageByteCount - 1)
        guard UInt64(UInt(bitPattern: keyStart)) & page == last & page, last <= Hint.addressMask else { return nil }
        let fingerprint = hash.fingerprint(start, count: value.count, key: keyHash)
        return Hint(place: keyHash << 48 | address, proof: fingerprint << 11 | UInt64(value.count))
    }

    /// Puts `hint` where the key's hash belongs, in place of all with its tag; returns by how many the occupied slots
    /// became more. Without a free slot it is left out.
    func publish(_ hint: Hint, hash keyHash: UInt64) -> Int {
        var slot = window(of: keyHash)
        var free: UnsafeMutableRawPointer?
        var (change, isThere) = (0, false)
        for _ in 0..<Self.windowSlotCount {
            let place = hj_hint_load(slot)
            if place == hint.place, !isThere, hj_hint_load(slot + 8) == hint.proof {
                isThere = true
            } else if Self.isMatch(place, keyHash) {
                hj_hint_store(slot, 0)
                change -= 1
                free = free ?? slot
            } else if place == 0 {
                free = free ?? slot
            }
            slot += Self.slotByteCount
        }
        guard !isThere, let free else { return change }
        // The place comes last: with it the slot is a hint.
        hj_hint_store(free + 8, hint.proof)
        hj_hint_store(free, hint.place)
        return change + 1
    }

    /// Clears every slot of the window with the tag of a key's hash (I3); returns how many.
    func clear(_ keyHash: UInt64) -> Int {
        var slot = window(of: keyHash)
        var count = 0
        for _ in 0..<Self.windowSlotCount {
            if Self.isMatch(hj_hint_load(slot), keyHash) {
                hj_hint_store(slot, 0)
                count += 1
            }
            slot += Self.slotByteCount
        }
        return count
    }

    /// Clears all slots. Afterwards no reader finds a hint of before.
    func clearAll() { clear(0..<byteCount) }

    /// Clears the slots in a range of the table's bytes that begins with a page, and gives their memory back.
    func clear(_ range: Range<Int>) {
        guard madvise(slots + range.lowerBound, range.count, MADV_DONTNEED) != 0 else { return }
        // Refused for memory that is locked.
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: Self.slotByteCount) {
            hj_hint_store(slots + offset, 0)
        }
    }
}
