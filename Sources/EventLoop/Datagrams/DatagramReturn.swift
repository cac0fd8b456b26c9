import CLibUV
import Glibc

/// Where a datagram came from and which address of ours it was sent to, kept beyond its batch for an answer that takes
/// longer.
package struct DatagramReturn: Sendable {
    /// The sender as the kernel wrote it.
    let name: [UInt8]
    /// The control message that makes the answer leave from the address that was asked; empty: the socket's own.
    let control: [UInt8]

    /// The sender.
    package var peer: SocketAddress? {
        name.withUnsafeBytes { bytes in bytes.baseAddress.flatMap { SocketAddress($0, byteCount: bytes.count) } }
    }
}

extension DatagramBatch {
    /// How to answer the datagram of `slot` later.
    package func returnPath(of slot: Int) -> DatagramReturn {
        check(slot)
        var header = msghdr()
        let control = [UInt8](unsafeUninitializedCapacity: DatagramMemory.sendControlByteCount) { buffer, count in
            buffer.initialize(repeating: 0)
            hanjiang_answer_from_asked_address(&memory.received[slot].header, &header, buffer.baseAddress)
            count = Int(header.msg_controllen)
        }
        let nameByteCount = min(peerBytes(of: slot).count, DatagramMemory.sendNameByteCount)
        return DatagramReturn(name: Array(peerBytes(of: slot).prefix(nameByteCount)), control: control)
    }

    /// Queues one datagram for the sender of an earlier one; otherwise like `queue(head:body:toPeerOf:)`.
    package func queue(
        head: UnsafeRawBufferPointer,
        body: UnsafeRawBufferPointer,
        along path: DatagramReturn
    ) -> Bool {
        guard let place = addParts(head: head, body: body) else { return false }
        let message = memory.queued + place
        path.name.withUnsafeBytes { name in
            if let start = name.baseAddress {
                message.pointee.header.msg_name.copyMemory(from: start, byteCount: name.count)
            }
        }
        message.pointee.header.msg_namelen = socklen_t(path.name.count)
        let control = memory.queuedControls + place * DatagramMemory.sendControlByteCount
        path.control.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { control.copyMemory(from: start, byteCount: bytes.count) }
        }
        message.pointee.header.msg_control = path.control.isEmpty ? nil : control
        message.pointee.header.msg_controllen = path.control.count
        return true
    }
}
