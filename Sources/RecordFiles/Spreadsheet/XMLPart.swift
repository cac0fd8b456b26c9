internal import CExpat

/// What hears of the elements of a part.
protocol XMLHandler: AnyObject {
    /// An element begins; its name is without the namespace's prefix.
    func begin(_ name: UnsafeBufferPointer<UInt8>, _ attributes: XMLAttributes) throws(RecordFileError)
    /// An element ends.
    func end(_ name: UnsafeBufferPointer<UInt8>) throws(RecordFileError)
    /// A piece of text, UTF-8.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(RecordFileError)
}

/// Reads the XML of one file of the archive in pieces. A document type is refused, so that there are no entities but
/// the five that XML itself has.
final class XMLPart {
    private static let blockByteCount: Int32 = 1 << 15

    private let entry: ZipEntry
    private let parser: OpaquePointer
    /// The handler owns the part.
    private unowned let handler: any XMLHandler
    private var depth = 0
    private var failure: RecordFileError?
    private var isEnded = false
    private var isSuspended = false

    init(_ entry: ZipEntry, _ handler: any XMLHandler) throws(RecordFileError) {
        guard let parser = XML_ParserCreate(nil) else { throw .spreadsheet(.damaged) }
        self.entry = entry
        self.parser = parser
        self.handler = handler
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { XMLPart.of($0)?.begin($1, $2) },
            { XMLPart.of($0)?.end($1) }
        )
        XML_SetCharacterDataHandler(parser) { XMLPart.of($0)?.text($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            XMLPart.of(user)?.fail(.spreadsheet(.hasDocumentType))
        }
    }

    deinit { XML_ParserFree(parser) }

    /// Expanded bytes read so far, and in all.
    var progress: (byteOffset: Int, byteCount: Int?) { (entry.byteOffset, entry.byteCount) }

    /// Reads the next piece; false at the end.
    func advance() throws(RecordFileError) -> Bool {
        guard !isEnded else { return false }
        let status = isSuspended ? XML_ResumeParser(parser) : try parseBlock()
        isSuspended = status == XML_STATUS_SUSPENDED
        if let failure { throw failure }
        guard status != XML_STATUS_ERROR else { throw .spreadsheet(.damaged) }
        // An unfinished token is kept by the parser until its end.
        guard isSuspended || entry.byteOffset - XML_GetCurrentByteIndex(parser) <= SpreadsheetLimits.tokenByteCountMax
        else { throw .spreadsheet(.tooLarge) }
        if !isSuspended, isLastRead { isEnded = true }
        return true
    }

    /// Reads all that is left.
    func readAll() throws(RecordFileError) {
        while try advance() {}
    }

    /// Pauses after the event that the handler is told of now; `advance` goes on.
    func suspend() {
        XML_StopParser(parser, XML_Bool(XML_TRUE))
    }

    private var isLastRead = false

    private func parseBlock() throws(RecordFileError) -> XML_Status {
        guard let buffer = XML_GetBuffer(parser, Self.blockByteCount) else { throw .spreadsheet(.tooLarge) }
        let room = UnsafeMutableRawBufferPointer(start: buffer, count: Int(Self.blockByteCount))
        let count = try entry.read(into: room)
        isLastRead = count == 0
        return XML_ParseBuffer(parser, Int32(truncatingIfNeeded: count), isLastRead ? 1 : 0)
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> XMLPart? {
        user.map { Unmanaged<XMLPart>.fromOpaque($0).takeUnretainedValue() }
    }

    private func fail(_ error: RecordFileError) {
        guard failure == nil else { return }
        failure = error
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    private func begin(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        // After a stop the parser may still tell of the end of an empty element.
        guard failure == nil, let name else { return }
        depth += 1
        guard depth <= SpreadsheetLimits.depthMax else { return fail(.spreadsheet(.tooLarge)) }
        do throws(RecordFileError) {
            try handler.begin(XMLAttributes.localName(name), XMLAttributes(attributes))
        } catch {
            fail(error)
        }
    }

    private func end(_ name: UnsafePointer<CChar>?) {
        guard failure == nil, let name else { return }
        depth -= 1
        do throws(RecordFileError) { try handler.end(XMLAttributes.localName(name)) } catch { fail(error) }
    }

    private func text(_ start: UnsafePointer<CChar>?, _ count: Int32) {
        guard failure == nil, let start, count > 0 else { return }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(count)).assumingMemoryBound(to: UInt8.self)
        do throws(RecordFileError) { try handler.text(bytes) } catch { fail(error) }
    }
}
