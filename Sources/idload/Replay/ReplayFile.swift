internal import Console
internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// A file of questions that is read while they are asked: a list of identifiers, or recorded messages.
struct ReplayFile: ~Copyable {
    enum Format: Equatable {
        case lines
        case messages
    }

    private static let bufferByteCount = 1 << 20
    /// No line is longer; one that is, is an error.
    static let lineByteCountMax = 65_536

    let path: String
    let format: Format
    private let descriptor: Int32
    private let wraps: Bool
    private let names: NameQuestion?
    private let messageByteCountMax: Int
    private let expiration: UInt32
    private let buffer: UnsafeMutableRawPointer
    /// What of the buffer has been read and not used.
    private var start = 0
    private var end = 0
    private var isAtEnd = false
    /// Of the pass that goes on: the byte at `start`, the lines, and the questions before it.
    private var offset: UInt64 = 0
    private var lineNumber = 0
    private var count: UInt64 = 0
    private var countMax: UInt64 = 0

    /// Opens it, and looks what it holds. `messageByteCountMax` bounds a recorded message, without its envelope.
    init(
        path: String,
        wraps: Bool,
        names: NameQuestion? = nil,
        messageByteCountMax: Int = Envelope.messageLengthMax
    ) throws(LoadError) {
        let opened = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw LoadError(.cannotRead(file: path, errorNumber: errno)) }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Self.bufferByteCount, alignment: 16)
        let first: (byteCount: Int, isAtEnd: Bool)
        do throws(LoadError) {
            first = try Self.read(opened, path, into: memory, byteCount: Self.bufferByteCount)
        } catch {
            close(opened)
            memory.deallocate()
            throw error
        }
        self.path = path
        self.wraps = wraps
        self.names = names
        self.messageByteCountMax = messageByteCountMax
        expiration = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds()) &+ Header.lifetimeSeconds
        descriptor = opened
        buffer = memory
        (end, isAtEnd) = first
        let head = UnsafeRawBufferPointer(start: memory, count: first.byteCount)
        format = RecordedMessage.begins(head) ? .messages : .lines
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    /// How many questions the file has, as far as it has been read.
    var questionCount: UInt64 { countMax }

    /// Fills a block as far as there are questions; one that stays empty is the end. Throws where a line or message is
    /// none; the block has those before it.
    mutating func fill(_ block: QuestionBlock) throws(LoadError) {
        while !block.isFull {
            let isAdded =
                switch format {
                case .lines: try addLine(to: block)
                case .messages: try addMessage(to: block)
                }
            if isAdded {
                count += 1
                countMax = max(countMax, count)
            } else if start == end, isAtEnd {
                guard wraps, count > 0 else { break }
                try rewind()
            }
        }
    }

    /// Adds the question of the next line; false where that is blank, or there is none.
    private mutating func addLine(to block: QuestionBlock) throws(LoadError) -> Bool {
        guard let bytes = try nextLine() else { return false }
        lineNumber += 1
        do throws(ReplayLine.Fault) {
            guard let line = try ReplayLine(bytes) else { return false }
            if let names {
                guard line.typeCount == 0, let message = names.message(about: Array(line.identifier)) else {
                    throw .notAName
                }
                block.add(byteCount: message.count, version: 0) { $0.copyBytes(from: message) }
                return true
            }
            let expiration = expiration
            block.add(byteCount: line.questionByteCount, version: OutgoingQuestion.ownVersion) { memory in
                line.write(to: memory, expiration: expiration)
            }
            return true
        } catch {
            throw LoadError(.badLine(path, lineNumber, error))
        }
    }

    /// The next line without its end, valid until the next call; nil: there is none.
    private mutating func nextLine() throws(LoadError) -> UnsafeRawBufferPointer? {
        while true {
            let known = end - start
            if known > 0, let newline = memchr(buffer + start, 10, known) {
                let byteCount = UnsafeRawPointer(newline) - UnsafeRawPointer(buffer + start)
                guard byteCount <= Self.lineByteCountMax else { throw LoadError(.lineTooLong(path, lineNumber + 1)) }
                defer { use(byteCount + 1) }
                return UnsafeRawBufferPointer(start: buffer + start, count: byteCount)
            }
            if isAtEnd {
                defer { use(known) }
                return known > 0 ? UnsafeRawBufferPointer(start: buffer + start, count: known) : nil
            }
            guard known <= Self.lineByteCountMax else { throw LoadError(.lineTooLong(path, lineNumber + 1)) }
            try more()
        }
    }

    private mutating func addMessage(to block: QuestionBlock) throws(LoadError) -> Bool {
        while end - start < Envelope.byteCount + Envelope.messageLengthMax, !isAtEnd { try more() }
        guard start < end else { return false }
        let bytes = UnsafeRawBufferPointer(start: buffer + start, count: end - start)
        do throws(RecordedMessage.Fault) {
            let message = try RecordedMessage(bytes, byteCountMax: messageByteCountMax)
            let expiration = expiration
            block.add(byteCount: message.body.count, version: message.version) { memory in
                message.write(to: memory, expiration: expiration)
            }
            use(Envelope.byteCount + message.body.count)
            return true
        } catch {
            throw LoadError(.badMessage(path, atByte: offset, error))
        }
    }

    private mutating func use(_ byteCount: Int) {
        start += byteCount
        offset += UInt64(byteCount)
    }

    /// Reads on, behind what is still to be used.
    private mutating func more() throws(LoadError) {
        if start > 0 {
            memmove(buffer, buffer + start, end - start)
            end -= start
            start = 0
        }
        let (byteCount, isEnd) = try Self.read(
            descriptor,
            path,
            into: buffer + end,
            byteCount: Self.bufferByteCount - end
        )
        end += byteCount
        isAtEnd = isEnd
    }

    private static func read(
        _ descriptor: Int32,
        _ path: String,
        into memory: UnsafeMutableRawPointer,
        byteCount: Int
    ) throws(LoadError) -> (byteCount: Int, isAtEnd: Bool) {
        while true {
            let count = Glibc.read(descriptor, memory, byteCount)
            if count >= 0 { return (count, count == 0) }
            let code = errno
            guard code == EINTR else { throw LoadError(.cannotRead(file: path, errorNumber: code)) }
        }
    }

    private mutating func rewind() throws(LoadError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw LoadError(.cannotRead(file: path, errorNumber: errno)) }
        (start, end, offset, lineNumber, count) = (0, 0, 0, 0, 0)
        isAtEnd = false
    }
}
