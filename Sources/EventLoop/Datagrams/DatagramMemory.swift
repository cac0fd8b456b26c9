import CLibUV
import Glibc

/// The one block of memory behind a `DatagramBatch`, cut into the arrays that recvmmsg and sendmmsg want.
///
/// A value that names memory, as a pointer does: copying it copies nothing, and `deallocate()` is for the batch to
/// call.
struct DatagramMemory {
    static let receiveSlotCount = 32
    static let receiveSlotByteCount = 2_048
    static let sendSlotCount = 128
    static let headByteCountMax = 32
    static let receiveControlByteCount = Int(HANJIANG_RECEIVE_CONTROL_SIZE)
    static let sendControlByteCount = Int(HANJIANG_SEND_CONTROL_SIZE)
    /// A sockaddr_in6, rounded up.
    static let sendNameByteCount = 32

    private let base: UnsafeMutableRawPointer
    /// The datagrams themselves, a slot after the other.
    let block: UnsafeMutableRawPointer
    let received: UnsafeMutablePointer<hanjiang_message>
    let receivedParts: UnsafeMutablePointer<iovec>
    let receivedNames: UnsafeMutablePointer<sockaddr_storage>
    let receivedControls: UnsafeMutableRawPointer
    let queued: UnsafeMutablePointer<hanjiang_message>
    /// Two of a message: its head and its body.
    let queuedParts: UnsafeMutablePointer<iovec>
    let queuedNames: UnsafeMutableRawPointer
    let queuedControls: UnsafeMutableRawPointer
    let queuedHeads: UnsafeMutableRawPointer
    let counters: UnsafeMutablePointer<DatagramCounters>

    init() {
        var layout = Layout()
        let offsets = (
            block: layout.add(Self.receiveSlotCount * Self.receiveSlotByteCount),
            received: layout.add(Self.receiveSlotCount * MemoryLayout<hanjiang_message>.stride),
            receivedParts: layout.add(Self.receiveSlotCount * MemoryLayout<iovec>.stride),
            receivedNames: layout.add(Self.receiveSlotCount * MemoryLayout<sockaddr_storage>.stride),
            receivedControls: layout.add(Self.receiveSlotCount * Self.receiveControlByteCount),
            queued: layout.add(Self.sendSlotCount * MemoryLayout<hanjiang_message>.stride),
            queuedParts: layout.add(2 * Self.sendSlotCount * MemoryLayout<iovec>.stride),
            queuedNames: layout.add(Self.sendSlotCount * Self.sendNameByteCount),
            queuedControls: layout.add(Self.sendSlotCount * Self.sendControlByteCount),
            queuedHeads: layout.add(Self.sendSlotCount * Self.headByteCountMax),
            counters: layout.add(MemoryLayout<DatagramCounters>.stride)
        )
        base = .allocate(byteCount: layout.byteCount, alignment: Layout.alignment)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
        block = base + offsets.block
        received = (base + offsets.received).bindMemory(to: hanjiang_message.self, capacity: Self.receiveSlotCount)
        receivedParts = (base + offsets.receivedParts).bindMemory(to: iovec.self, capacity: Self.receiveSlotCount)
        receivedNames = (base + offsets.receivedNames)
            .bindMemory(to: sockaddr_storage.self, capacity: Self.receiveSlotCount)
        receivedControls = base + offsets.receivedControls
        queued = (base + offsets.queued).bindMemory(to: hanjiang_message.self, capacity: Self.sendSlotCount)
        queuedParts = (base + offsets.queuedParts).bindMemory(to: iovec.self, capacity: 2 * Self.sendSlotCount)
        queuedNames = base + offsets.queuedNames
        queuedControls = base + offsets.queuedControls
        queuedHeads = base + offsets.queuedHeads
        counters = (base + offsets.counters).bindMemory(to: DatagramCounters.self, capacity: 1)
        counters.initialize(to: DatagramCounters())
        pointMessages()
    }

    /// Sets what never changes: which memory belongs to which message.
    private func pointMessages() {
        for slot in 0..<Self.receiveSlotCount {
            receivedParts[slot].iov_base = block + slot * Self.receiveSlotByteCount
            receivedParts[slot].iov_len = Self.receiveSlotByteCount
            received[slot].header.msg_iov = receivedParts + slot
            received[slot].header.msg_iovlen = 1
            received[slot].header.msg_name = UnsafeMutableRawPointer(receivedNames + slot)
            received[slot].header.msg_control = receivedControls + slot * Self.receiveControlByteCount
            resetReceived(slot)
        }
        for slot in 0..<Self.sendSlotCount {
            queued[slot].header.msg_name = queuedNames + slot * Self.sendNameByteCount
        }
    }

    /// Gives the kernel back the full room of what it shortened at the last receive.
    func resetReceived(_ slot: Int) {
        received[slot].header.msg_namelen = socklen_t(MemoryLayout<sockaddr_storage>.size)
        received[slot].header.msg_controllen = Self.receiveControlByteCount
    }

    func deallocate() {
        base.deallocate()
    }

    /// Adds up the parts of the block; each begins on a cache line.
    private struct Layout {
        static let alignment = 64
        var byteCount = 0

        mutating func add(_ partByteCount: Int) -> Int {
            defer { byteCount += (partByteCount + Self.alignment - 1) & ~(Self.alignment - 1) }
            return byteCount
        }
    }
}
