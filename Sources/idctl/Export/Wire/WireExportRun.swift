internal import Console
internal import EventLoop
internal import ResolutionProtocol

/// One export of a prefix over the wire: writes of each of its identifiers what the asker may read.
final class WireExportRun {
    private let walk: PrefixWalk
    private let output: ExportOutput
    /// The first identifier that the server did not give, and its code.
    private(set) var firstRefused: (name: [UInt8], code: ResponseCode)?

    init(_ walk: PrefixWalk, output: ExportOutput) {
        self.walk = walk
        self.output = output
    }

    /// Writes all records of `prefix`. False: Ctrl-C came.
    func run(prefix: [UInt8]) throws(CommandFailure) -> Bool {
        try walk.list(prefix)
        output.expect(total: walk.count)
        while !Interruption.isRequested {
            let batch = try walk.next()
            if batch.isEmpty { break }
            for (name, found) in batch { try take(found, of: name) }
            output.showProgress()
        }
        let isComplete = !Interruption.isRequested
        try output.finish(isComplete: isComplete)
        return isComplete
    }

    private func take(_ found: RecordLookup.Found?, of name: [UInt8]) throws(CommandFailure) {
        output.noteSeen()
        switch found {
        // Asked for no more, as somebody pressed Ctrl-C; or deleted since it was listed.
        case nil, .gone: return
        case .values(let values, let isWhole):
            if !isWhole { output.counts.hidden += 1 }
            guard !values.isEmpty else { return }
            try output.write(name: name, values: values)
        case .refused(let code):
            output.counts.refused += 1
            if firstRefused == nil { firstRefused = (name, code) }
        }
    }
}
