import Glibc
import Resolution
import ResolutionProtocol
import StorageLMDB

/// A sample store in a folder of its own, which goes with it.
final class TemporarySample {
    let store: SampleStore
    private let folder: String

    init() throws {
        var template = Array((P_tmpdir + "/query-path-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
        folder = template.withUnsafeBytes { String(decoding: $0.dropLast(), as: UTF8.self) }
        store = try SampleStore(directory: folder + "/store")
    }

    deinit {
        store.store.close()
        for path in ["/store/counts", "/store", ""].map({ folder + $0 }) { Self.remove(path) }
    }

    private static func remove(_ path: String) {
        if let entries = opendir(path) {
            while let entry = readdir(entries) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                unlink(path + "/" + name)
            }
            closedir(entries)
        }
        rmdir(path)
    }

    struct Errno: Error {
        let rawValue: Int32
    }
}

extension RequestBlock {
    /// Has a responder answer the batch of these requests.
    borrowing func answer(
        by responder: inout Responder,
        in batch: inout RequestBatch,
        at now: BatchTime,
        into answers: inout WireWriter
    ) {
        responder.respond(to: &batch, in: bytes, at: now, into: &answers)
    }

    /// Reads envelope, header and the layout of the body of each; the bytes of all identifiers.
    borrowing func decoded() -> Int {
        var reader = WireReader(bytes)
        var byteCount = 0
        do throws(WireError) {
            while reader.remaining > 0 {
                let envelope = try Envelope(from: &reader)
                var message = WireReader(try reader.span(byteCount: Int(envelope.messageLength)))
                let header = try Header(from: &message)
                let body = try message.span(byteCount: Int(header.bodyLength))
                byteCount += try ResolutionRequestLayout(of: body).identifierByteCount
            }
        } catch {
            return 0
        }
        return byteCount
    }
}

/// A record's values in wire form, and a request for one of them.
struct SelectionSample {
    private let values: [UInt8]
    private let body: [UInt8]
    private let layout: ResolutionRequestLayout

    init() {
        values = SampleStore.values.flatMap(\.wire)
        let request = ResolutionRequest(identifier: SampleStore.name(0), indexes: [2]).wire
        layout = (try? ResolutionRequestLayout(of: request.span.bytes)) ?? ResolutionRequestLayout()
        body = request
    }

    /// Copies what is selected, so many times; the bytes copied.
    func select(_ count: Int, into writer: inout WireWriter) -> Int {
        writer.removeAll()
        for _ in 0..<count {
            let selection = ValueSelection(of: layout, in: body.span.bytes)
            _ = try? selection.copy(from: values.span.bytes, count: SampleStore.values.count, to: &writer)
        }
        return writer.count
    }
}

/// An answer with a record's values.
struct AnswerSample {
    private let message: Message

    init() {
        message = Message(
            envelope: Envelope(requestID: 1),
            header: Header(opCode: .resolution, expiration: 0),
            body: .resolved(ResolutionAnswer(identifier: SampleStore.name(0), values: SampleStore.values))
        )
    }

    func encode(_ count: Int, into writer: inout WireWriter) -> Int {
        writer.removeAll()
        for _ in 0..<count { message.write(to: &writer) }
        return writer.count
    }
}

/// A worker's part in answering a batch that comes again and again.
struct Round: ~Copyable {
    private let sample: TemporarySample
    private let block: RequestBlock
    private var responder: Responder
    private var batch: RequestBatch
    private var answers: WireWriter
    private let unixSeconds: Int64
    private var number: UInt64 = 0

    init() throws {
        // What can fail comes first.
        let sample = try TemporarySample()
        let responder = try sample.store.responder()
        self.sample = sample
        self.responder = responder
        block = RequestBlock(count: KeyBatch.capacity)
        batch = RequestBatch()
        answers = WireWriter(capacity: 1 << 20)
        unixSeconds = Int64(time(nil))
    }

    /// Of today, for which there are count pages; long after the last one, so that nothing is taken for repeated.
    private var now: BatchTime { BatchTime(unixSeconds: unixSeconds, nanoseconds: number * 4_000_000_000) }

    /// Answers all questions; each time from another port, so that none repeats another.
    mutating func answer() {
        number += 1
        answers.removeAll()
        block.fill(&batch, port: UInt16(truncatingIfNeeded: number))
        block.answer(by: &responder, in: &batch, at: now, into: &answers)
    }

    /// Counts what was answered last, again.
    mutating func count() {
        let now = now
        let ended = BatchTime(unixSeconds: now.unixSeconds, nanoseconds: now.nanoseconds + 1_000)
        responder.count(batch, started: now, ended: ended)
    }

    /// What is wrong with the last answers; nil: nothing.
    var fault: String? {
        for index in 0..<batch.count where batch.slots[index].responseCode != .success {
            return "question \(index): \(batch.slots[index].responseCode)"
        }
        return batch.count == KeyBatch.capacity ? nil : "\(batch.count) questions"
    }
}
