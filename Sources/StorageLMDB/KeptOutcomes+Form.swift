internal import Resolution
internal import ResolutionProtocol

/// The form of kept outcomes in the data file: outcomes that are the same, or whose sequence numbers follow each
/// other, are one run, so that a set of 500 that all went well takes 15 bytes of them.
///
///     0   version      u8
///     1   owner        16 bytes
///     17  until        u64, seconds since 1970
///     25  kept for     u32, seconds
///     29  note         u32 + bytes
///     …   steps        u32
///     …   runs of      { kind u8, steps u32, what the kind needs }
extension KeptOutcomes {
    fileprivate static let currentVersion: UInt8 = 1

    /// Reads what stands under `key`, the request and the first row.
    init(_ content: RawSpan, key: [UInt8]) throws(WireError) {
        var keyReader = WireReader(key.span.bytes)
        let request = try keyReader.bytes(byteCount: OutcomeName.tokenByteCount)
        let firstRow = try keyReader.uint32()
        var reader = WireReader(content)
        guard try reader.uint8() == Self.currentVersion else { throw .invalidField }
        let owner = try reader.bytes(byteCount: OutcomeName.tokenByteCount)
        let until = try reader.uint64()
        let keepSeconds = try reader.uint32()
        let note = try reader.lengthPrefixedBytes()
        let name = OutcomeName(
            request: request,
            firstRow: firstRow,
            owner: owner,
            keepSeconds: keepSeconds,
            note: note
        )
        let stepCount = Int(try reader.uint32())
        guard stepCount <= CommandSet.atomicStepCountMax else { throw .lengthOutOfRange }
        var outcomes: [CommandOutcome] = []
        while outcomes.count < stepCount {
            let run = try OutcomeRun(from: &reader)
            guard run.count > 0, run.count <= stepCount - outcomes.count else { throw .lengthOutOfRange }
            for place in 0..<run.count { outcomes.append(run.outcome(at: place)) }
        }
        try reader.finish()
        self.init(name: name, outcomes: outcomes, untilUnixSeconds: until)
    }

    /// Which rows they are of, and until when they are kept.
    struct Reach {
        let rows: Range<UInt64>
        let untilUnixSeconds: UInt64

        /// Reads no outcome.
        init(_ content: RawSpan, key: [UInt8]) throws(WireError) {
            var keyReader = WireReader(key.span.bytes)
            try keyReader.skip(OutcomeName.tokenByteCount)
            let firstRow = UInt64(try keyReader.uint32())
            var reader = WireReader(content)
            guard try reader.uint8() == KeptOutcomes.currentVersion else { throw .invalidField }
            try reader.skip(OutcomeName.tokenByteCount)
            untilUnixSeconds = try reader.uint64()
            try reader.skip(4)
            try reader.skip(Int(try reader.uint32()))
            rows = firstRow..<(firstRow + UInt64(try reader.uint32()))
        }
    }

    func write(to writer: inout WireWriter) {
        writer.uint8(Self.currentVersion)
        writer.bytes(name.owner)
        writer.uint64(untilUnixSeconds)
        writer.uint32(name.keepSeconds)
        writer.lengthPrefixedBytes(name.note)
        writer.uint32(UInt32(truncatingIfNeeded: outcomes.count))
        var run: OutcomeRun?
        for outcome in outcomes {
            if run?.take(outcome) ?? false { continue }
            run?.write(to: &writer)
            run = OutcomeRun(first: outcome)
        }
        run?.write(to: &writer)
    }
}
