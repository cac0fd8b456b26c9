internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// Questions over connections, which they share.
extension LoopAsking {
    /// Has `question` wait for a connection with room for it.
    func connect(_ question: LoopQuestion) {
        if question.sendingCount > 0 { counted.movedToTCPCount += 1 }
        leavePort(of: question)
        connections.enqueue(question.id, for: question.server)
        serve(question.server)
    }

    func leaveConnection(of question: LoopQuestion) {
        connections.leaveQueue(question.id, for: question.server)
        guard let connection = question.connection else { return }
        question.connection = nil
        connection.openIDs.remove(question.id)
    }

    /// Ends a connection that nobody waits on.
    func end(_ connection: LoopConnection) {
        connection.close()
        connections.remove(connection)
    }

    /// 9.2 servers end a connection after its answer: to these it is one question each.
    private func questionsPerConnection(_ server: SocketAddress) -> Int {
        servers[server]?.endsConnections == true ? 1 : limits.questionsPerConnection
    }

    /// Gives the questions that wait to connections, and makes those that are due.
    private func serve(_ server: SocketAddress, mayOpen: Bool = true) {
        let perConnection = questionsPerConnection(server)
        while connections.waitingCount(for: server) > 0 {
            if let connection = connections.ready(for: server, questionsPerConnection: perConnection) {
                guard let id = connections.dequeue(for: server) else { return }
                if let question = questions[id] { put(question, on: connection) }
                continue
            }
            guard mayOpen,
                connections.isDue(for: server, questionsPerConnection: perConnection) || makeRoom(for: server),
                open(to: server)
            else { return }
        }
    }

    private func put(_ question: LoopQuestion, on connection: LoopConnection) {
        question.connection = connection
        connection.openIDs.insert(question.id)
        connection.questionCount += 1
        connection.usedNanoseconds = now
        advance(question, .connected)
    }

    /// Where all connections are taken and none leads to `server`, ends the one that has idled longest.
    private func makeRoom(for server: SocketAddress) -> Bool {
        guard connections.count >= limits.connectionCountMax, !connections.hasAny(for: server),
            let idle = connections.longestIdle
        else { return false }
        end(idle)
        return true
    }

    private func open(to server: SocketAddress) -> Bool {
        counted.connectionsMade += 1
        let connection = LoopConnection(server: server, events: events)
        do throws(EventLoopError) {
            try connection.open(at: place)
            connections.add(connection)
            return true
        } catch {
            if !connections.hasAny(for: server) { failWaiting(for: server, error.code) }
            return false
        }
    }

    private var events: LoopConnection.Events {
        LoopConnection.Events(
            connected: { [unowned self] in serve($0.server) },
            message: { [unowned self] in received($1, over: $0) },
            ended: { [unowned self] in ended($0, $1) },
            malformed: { [unowned self] in malformed($0, $1) }
        )
    }

    private func received(_ message: [UInt8], over connection: LoopConnection) {
        connection.usedNanoseconds = now
        guard let envelope = try? AnswerCheck.envelope(of: message), let question = questions[envelope.requestID],
            question.connection === connection
        else { return strayed(connection) }
        connection.answerCount += 1
        advance(question, .bytes(message))
        serve(connection.server)
    }

    /// An answer that comes too late is nothing bad; a stream of what nobody asked for is (reliability case F4).
    private func strayed(_ connection: LoopConnection) {
        counted.unmatchedCount += 1
        connection.strayCount += 1
        guard connection.strayCount > Self.strayCountMax + connection.questionCount else { return }
        counted.overLimitCount += 1
        connection.close()
        ended(connection, 0)
    }

    /// Has its questions go over another connection, once each, where the server had answered on it: it closes when it
    /// likes, and a resolution may be asked twice.
    private func ended(_ connection: LoopConnection, _ errno: Int32) {
        connections.remove(connection)
        let open = connection.openIDs.compactMap { questions[$0] }
        if connection.answerCount > 0, !open.isEmpty { servers.noteEndedConnection(of: connection.server) }
        for question in open {
            question.connection = nil
            if connection.answerCount > 0, !question.hasMoved {
                question.hasMoved = true
                moveOn(question)
            } else {
                advance(question, errno == 0 ? .ended : .failed(errno: errno))
            }
        }
        guard !connection.isConnected else { return serve(connection.server) }
        guard !connections.hasAny(for: connection.server) else {
            // Those that are open go on; another is not tried before one of them has answered.
            return serve(connection.server, mayOpen: false)
        }
        failWaiting(for: connection.server, errno)
    }

    private func moveOn(_ question: LoopQuestion) {
        question.exchange.reconnect()
        connections.enqueue(question.id, for: question.server)
    }

    private func failWaiting(for server: SocketAddress, _ errno: Int32) {
        while let id = connections.dequeue(for: server) {
            if let question = questions[id] { advance(question, .failed(errno: errno)) }
        }
    }

    private func malformed(_ connection: LoopConnection, _ error: WireError) {
        counted.overLimitCount += 1
        connections.remove(connection)
        for question in connection.openIDs.compactMap({ questions[$0] }) {
            question.connection = nil
            fail(question, .malformed(error))
        }
        serve(connection.server)
    }
}
