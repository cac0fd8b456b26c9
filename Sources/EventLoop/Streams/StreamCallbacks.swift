/// The C functions a stream calls, all of them with the context that its owner gave.
///
/// C functions and a context pointer, not closures: a stored closure would cost two retains, two releases and an
/// exclusivity check per read. They run on the loop's thread and may close the stream. After `ByteStream.close()` only
/// `closed` is called.
package struct StreamCallbacks {
    /// Something can be read: where to? Returns memory of at least one byte and stores its size in bytes; nil (or a
    /// size of 0) ends reading with ENOBUFS. Each call is followed by `received` or `ended`, which give the memory
    /// back.
    package typealias Buffer =
        @convention(c) (
            _ context: UnsafeMutableRawPointer, _ byteCount: UnsafeMutablePointer<Int>
        ) -> UnsafeMutableRawPointer?
    /// That many bytes came into the memory that `Buffer` lent; 0 when it was a false alarm.
    package typealias Received =
        @convention(c) (
            _ context: UnsafeMutableRawPointer, _ bytes: UnsafeMutableRawPointer, _ byteCount: Int
        ) -> Void
    /// Something ended: 0 or an errno.
    package typealias Outcome = @convention(c) (_ context: UnsafeMutableRawPointer, _ errno: Int32) -> Void
    /// The stream is gone.
    package typealias Closed = @convention(c) (_ context: UnsafeMutableRawPointer) -> Void

    let buffer: Buffer
    let received: Received
    let ended: Outcome
    let written: Outcome
    let shutDown: Outcome
    let closed: Closed

    /// - `ended`: nothing more will be read; 0 where the peer shut down its side (it may still be reading), else why.
    ///   Reading has stopped; the stream stays open.
    /// - `written`: what `write` was given is sent, or will never be; its memory is the owner's again.
    /// - `shutDown`: what `shutDown()` was asked for is done.
    /// - `closed`: the last call; the context may go.
    package init(
        buffer: @escaping Buffer,
        received: @escaping Received,
        ended: @escaping Outcome,
        written: @escaping Outcome,
        shutDown: @escaping Outcome,
        closed: @escaping Closed
    ) {
        self.buffer = buffer
        self.received = received
        self.ended = ended
        self.written = written
        self.shutDown = shutDown
        self.closed = closed
    }
}
