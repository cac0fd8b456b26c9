import CLibUV
import Glibc

/// Up to 32 datagrams received by one system call, and up to 128 answers sent by one.
///
/// Receive, handle, send:
/// ```
/// while batch.receive(descriptor) > 0 {
///     for slot in 0..<batch.count { … batch.datagram(at: slot) … batch.queue(head: …, body: …, toPeerOf: slot) }
///     batch.flush(descriptor)
/// }
/// ```
/// All memory is taken once, by `init`; nothing after it allocates. One batch serves one socket (the count of datagrams
/// the kernel dropped is the socket's) and one thread. Spans lent by it end at the next `receive`.
///
/// Keep it behind a pointer and copy that pointer into a local before lending spans: while a span lives that was lent
/// by something reached through `self`, the compiler locks the whole of `self`, counters beside the batch included.
package struct DatagramBatch: ~Copyable {
    /// Most datagrams one `receive` brings.
    package static let capacity = DatagramMemory.receiveSlotCount
    /// Room for one datagram; a longer one is cut to it and marked.
    package static let slotByteCount = DatagramMemory.receiveSlotByteCount
    /// Most datagrams that wait for one `flush`.
    package static let queueCapacity = DatagramMemory.sendSlotCount
    /// Most bytes a queued datagram's head may have: it is copied.
    package static let headByteCountMax = DatagramMemory.headByteCountMax

    let memory: DatagramMemory
    let pieces: DatagramPieces
    /// How many datagrams the last `receive` brought; slots 0..<count hold them.
    package private(set) var count = 0

    /// Takes all the memory the batch will ever use (about 140 KiB).
    package init() {
        memory = DatagramMemory()
        pieces = DatagramPieces()
    }

    deinit {
        memory.deallocate()
        pieces.deallocate()
    }

    /// Receives what is there, at most `capacity` datagrams, without waiting, and returns how many.
    ///
    /// 0 also when the system refuses, which `counters` then tell. A full batch means that there may be more.
    package mutating func receive(_ descriptor: Int32) -> Int {
        for slot in 0..<count { memory.resetReceived(slot) }
        count = 0
        let received = receiveMessages(descriptor)
        guard received > 0 else { return 0 }
        count = received
        memory.counters.pointee.receivedCount &+= UInt64(received)
        var dropped: UInt32 = 0
        if hanjiang_drop_count(&memory.received[received - 1].header, &dropped) == 1 {
            memory.counters.pointee.noteKernelDropped(dropped)
        }
        return received
    }

    /// What happened so far.
    package var counters: DatagramCounters { memory.counters.pointee }

    /// A broken error state is told once by the kernel and then cleared, so a refusal is tried again, but not for ever.
    private func receiveMessages(_ descriptor: Int32) -> Int {
        for _ in 0..<4 {
            let result = hanjiang_recvmmsg(
                descriptor,
                memory.received,
                UInt32(Self.capacity),
                Int32(MSG_DONTWAIT),
                nil
            )
            if result >= 0 { return Int(result) }
            let code = errno
            if code == EAGAIN { return 0 }
            if code == EINTR { continue }
            memory.counters.pointee.receiveFailureCount &+= 1
            memory.counters.pointee.lastReceiveError = code
        }
        return 0
    }
}
