internal import Console
internal import EventLoop
internal import Glibc
internal import Synchronization

/// The questions of a file, read ahead of the threads that ask them: each question is handed to one of them.
///
/// Memory is bounded: so many blocks wait to be taken, and those that were asked come back to be filled again.
final class QuestionStream: Sendable {
    /// What a thread is given.
    enum Taken {
        case block(QuestionBlock)
        /// The reader is behind.
        case notYet
        /// The file has no more, or cannot be read any further.
        case end
    }

    private struct State {
        var ready: [QuestionBlock] = []
        var free: [QuestionBlock] = []
        var readCount: UInt64 = 0
        var isAtEnd = false
        var isClosed = false
        var failure: LoadError?
    }

    /// Blocks that wait to be taken: some 65,000 questions.
    static let readyCountMax = 64
    /// Asked blocks that are kept to be filled again; further ones are given back to the machine.
    private static let freeCountMax = 64
    private static let pauseMicroseconds: UInt32 = 2_000

    private let state = Mutex(State())
    private let thread = Mutex<NamedThread?>(nil)

    /// Reads from then on; whoever opens it closes it. Returns when there are questions, or throws why there are none.
    static func open(_ source: consuming ReplayFile) throws(LoadError) -> QuestionStream {
        let stream = QuestionStream()
        let box = Box(source)
        do throws(EventLoopError) {
            let thread = try NamedThread(name: "replay") { box.read(into: stream) }
            stream.thread.withLock { $0 = thread }
        } catch {
            throw LoadError(.noThread(error))
        }
        stream.waitForQuestions()
        if let failure = stream.failure {
            stream.close()
            throw failure
        }
        return stream
    }

    /// The oldest block that waits.
    func take() -> Taken {
        state.withLock { state in
            guard state.ready.isEmpty else { return .block(state.ready.removeFirst()) }
            return state.isAtEnd || state.isClosed ? .end : .notYet
        }
    }

    /// A block whose questions are over.
    func giveBack(_ block: QuestionBlock) {
        state.withLock { if $0.free.count < Self.freeCountMax { $0.free.append(block) } }
    }

    /// How many questions have been read from the file, each pass of it counted once.
    var questionCount: UInt64 { state.withLock { $0.readCount } }

    /// Why it cannot be read any further.
    var failure: LoadError? { state.withLock { $0.failure } }

    /// Reads no more.
    func close() {
        state.withLock { $0.isClosed = true }
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        thread?.join()
    }

    /// Until the queue is full, or the file has no more: what a short file has is then there before the first question.
    private func waitForQuestions() {
        while true {
            let isReady = state.withLock { $0.isAtEnd || $0.ready.count == Self.readyCountMax }
            if isReady { return }
            usleep(Self.pauseMicroseconds)
        }
    }

    // MARK: the reader's side

    /// A block to be filled, when there is a place for it; nil: nobody wants any more.
    fileprivate func emptyBlock() -> QuestionBlock? {
        while true {
            let next: (isWanted: Bool, block: QuestionBlock?) = state.withLock { state in
                if state.isClosed { return (false, nil) }
                guard state.ready.count < Self.readyCountMax else { return (true, nil) }
                return (true, state.free.popLast() ?? QuestionBlock())
            }
            guard next.isWanted else { return nil }
            if let block = next.block { return block }
            usleep(Self.pauseMicroseconds)
        }
    }

    fileprivate func put(_ block: QuestionBlock, readCount: UInt64) {
        state.withLock { state in
            state.ready.append(block)
            state.readCount = max(state.readCount, readCount)
        }
    }

    fileprivate func end(_ failure: LoadError?) {
        state.withLock { state in
            state.failure = failure
            state.isAtEnd = true
        }
    }

    /// Unchecked: the file goes over to the reading thread.
    private final class Box: @unchecked Sendable {
        private var source: ReplayFile?

        init(_ source: consuming ReplayFile) {
            self.source = consume source
        }

        func read(into stream: QuestionStream) {
            var failure: LoadError?
            while failure == nil, let block = stream.emptyBlock() {
                block.removeAll()
                do throws(LoadError) {
                    try source?.fill(block)
                } catch {
                    failure = error
                }
                guard block.count > 0 else { break }
                stream.put(block, readCount: source?.questionCount ?? 0)
            }
            stream.end(failure)
            source = nil
        }
    }
}
