internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// Requests over a connection for which others are to be asked.
extension UnsafeMutablePointer where Pointee == Connection {
    /// Leaves what others are to be asked for to recursion; what that has no room for is answered with code 3.
    @inline(never)
    func leaveToRecursion(in bytes: UnsafeRawBufferPointer, at time: BatchTime) {
        let core = pointee.core
        for index in 0..<core.pointee.batch.count {
            let slot = core.pointee.batch.slots + index
            switch slot.pointee.recipient {
            case .nobody, .administration: continue
            case .refresh: core.pointee.refresh(slot.pointee, in: bytes.bytes)
            case .recursion:
                let way = RecursionTicket.Way.stream(connection: connectionNumber())
                if core.pointee.askOthers(slot.pointee, in: bytes.bytes, way: way, at: time) {
                    noteDeferred()
                } else {
                    core.pointee.refuseRecursion(&slot.pointee, in: bytes.bytes, at: time)
                    core.pointee.note(slot.pointee)
                }
            }
        }
    }
}
