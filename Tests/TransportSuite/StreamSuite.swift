import ResolutionProtocol
package import Transport

/// What every transport over streams must pass: partial reads, slow peers, and peers that go away in each state.
///
/// A new transport: give it a `SampleNode`, or anything else that resolves its records, and run all cases on it. Each
/// throws a `SuiteFailure` that says what was wrong.
package struct StreamSuite: Sendable {
    /// A node for it: room for all connections, and deadlines that a busy machine does not miss.
    package static var settings: TransportSettings {
        var settings = TransportSettings()
        settings.connectionsPerAddressMax = 1_000
        settings.idleUnaskedNanoseconds = 120_000_000_000
        settings.wholeMessageNanoseconds = 120_000_000_000
        return settings
    }

    private let connect: @Sendable () throws -> ClientSocket

    /// `connect` opens a connection to a node with the records of `SampleNode` that takes at least 300 at once.
    package init(connect: @escaping @Sendable () throws -> ClientSocket) { self.connect = connect }

    private static let conversation: [[UInt8]] = [
        Asking.item(1), Asking.resolve(SampleNode.wideItem, requestID: 77, indexes: [3, 5]), Asking.item(3),
    ]

    private func checkConversation(on socket: ClientSocket) throws {
        try Asking.check(socket.receiveMessage(), item: 1)
        let picked = SampleNode.wideValues.filter { $0.index == 3 || $0.index == 5 }
        try Asking.check(socket.receiveMessage(), gives: picked, of: SampleNode.wideItem, requestID: 77)
        try Asking.check(socket.receiveMessage(), item: 3)
    }

    /// Three requests, cut in two at every byte.
    package func cutAtEveryByte() throws {
        let bytes = Array(Self.conversation.joined())
        // All first parts are under way before the first second one, so that the two come apart.
        let sockets = try (1..<bytes.count).map { cut in
            let socket = try connect()
            try require(socket.send(Array(bytes[..<cut])), "first part not taken")
            return (cut, socket)
        }
        for (cut, socket) in sockets { try require(socket.send(Array(bytes[cut...])), "second part not taken") }
        for (cut, socket) in sockets {
            do { try checkConversation(on: socket) } catch { throw SuiteFailure("cut at \(cut): \(error)") }
        }
    }

    /// Three requests, one byte at a time.
    package func oneByteAtATime() throws {
        let socket = try connect()
        for byte in Self.conversation.joined() { try require(socket.send([byte]), "a byte was not taken") }
        try checkConversation(on: socket)
    }

    /// Three requests at once, and then again on the same connection.
    package func severalAtOnce() throws {
        let socket = try connect()
        for _ in 0..<2 {
            try require(socket.send(Array(Self.conversation.joined())), "not taken")
            try checkConversation(on: socket)
        }
    }

    /// The asker ends its side behind the request: it is answered, and then the other side ends too.
    package func halfClose() throws {
        let socket = try connect()
        socket.send(Array(Self.conversation.joined()))
        socket.shutDownWriting()
        try checkConversation(on: socket)
        try require(socket.receive() == [], "the stream goes on after both sides have ended")
    }

    /// An answer far larger than what the peer takes at once, and the peer ends its side before it takes it.
    package func halfCloseBeforeALargeAnswer() throws {
        let socket = try connect()
        for number in 0..<8 { socket.send(Asking.resolve(SampleNode.hugeItem, requestID: UInt32(number))) }
        socket.shutDownWriting()
        for number in 0..<8 { try checkHuge(socket.receiveMessage(), requestID: UInt32(number)) }
        try require(socket.receive() == [], "the stream goes on after both sides have ended")
    }

    /// Large answers to a peer that takes a little at a time; requests behind them wait, and are answered.
    package func slowReader() throws {
        let socket = try connect()
        for number in 0..<20 { socket.send(Asking.resolve(SampleNode.hugeItem, requestID: UInt32(number))) }
        socket.send(Asking.item(9))
        for number in 0..<20 { try checkHuge(socket.receiveMessage(), requestID: UInt32(number)) }
        try Asking.check(socket.receiveMessage(), item: 9)
    }

    /// Peers that go away before they ask, within a message, before they read, and while a large answer is under way,
    /// orderly and by a reset. An honest one is answered after each.
    package func closingInEachState() throws {
        let request = Asking.item(4)
        let states: [[UInt8]] = [
            [], Array(request.prefix(7)), Array(request.prefix(40)), request, request + request.prefix(30),
            Array((0..<12).map { Asking.resolve(SampleNode.hugeItem, requestID: $0) }.joined()),
        ]
        for (number, sent) in states.enumerated() {
            for isReset in [false, true] {
                for isHalfClosed in [false, true] {
                    let socket = try connect()
                    socket.send(sent)
                    if isHalfClosed { socket.shutDownWriting() }
                    if isReset { socket.resetWhenClosed() }
                    _ = consume socket
                    let honest = try connect()
                    honest.send(Asking.item(number))
                    try Asking.check(honest.receiveMessage(), item: number)
                }
            }
        }
    }

    private func checkHuge(_ answer: [UInt8]?, requestID: UInt32) throws {
        try Asking.check(answer, gives: SampleNode.hugeValues, of: SampleNode.hugeItem, requestID: requestID)
    }
}
