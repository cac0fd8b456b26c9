internal import Resolution
internal import ResolutionProtocol

/// The form of a row of the table of prefixes, and of its change in the log.
///
///     0  prefix              u32 + bytes
///     …  state               u8
///     …  number              u32
///     …  status              u8    from here on: since format 2
///     …  hosting             u8
///     …  identifiers at most u64
///     …  writes each second  u32
extension PrefixRow {
    init(from reader: inout WireReader) throws(WireError) {
        let prefix = try reader.lengthPrefixedBytes()
        guard let state = State(rawValue: try reader.uint8()) else { throw .invalidField }
        self.init(prefix: prefix, state: state, number: try reader.uint32())
        guard reader.remaining > 0 else { return }
        guard let status = PrefixStatus(rawValue: try reader.uint8()),
            let hosting = HostingState(rawValue: try reader.uint8())
        else { throw .invalidField }
        (self.status, self.hosting) = (status, hosting)
        identifierCountMax = try reader.uint64()
        writesPerSecondMax = try reader.uint32()
        try reader.finish()
    }

    func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(prefix)
        writer.uint8(state.rawValue)
        writer.uint32(number)
        writer.uint8(status.rawValue)
        writer.uint8(hosting.rawValue)
        writer.uint64(identifierCountMax)
        writer.uint32(writesPerSecondMax)
    }
}
