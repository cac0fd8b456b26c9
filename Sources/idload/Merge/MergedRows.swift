/// The rows of several results, added where they end in the same second since each run's start.
struct MergedRows {
    let rows: [SecondRow]

    /// nil: the rows are not equally long.
    init?(_ documents: [RunDocument]) {
        guard let width = documents.first?.rowSeconds, documents.allSatisfy({ $0.rowSeconds == width }) else {
            return nil
        }
        var merged: [UInt64: SecondRow] = [:]
        for document in documents {
            for (place, row) in Self.placed(document.rows, width: Double(width)) {
                if merged[place] == nil { merged[place] = row } else { merged[place]?.addAlongside(row) }
            }
        }
        rows = merged.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The rows by the full width that they end in; what follows another within it, as the rest of a run does, is
    /// joined with it.
    private static func placed(_ rows: [SecondRow], width: Double) -> [UInt64: SecondRow] {
        var placed: [UInt64: SecondRow] = [:]
        for row in rows {
            let place = UInt64(min(1e12, (row.endSeconds / width).rounded(.up)))
            if placed[place] == nil { placed[place] = row } else { placed[place]?.join(row) }
        }
        return placed
    }
}

extension SecondRow {
    /// Takes in what another machine did in the same time.
    mutating func addAlongside(_ other: SecondRow) {
        addCounts(other)
        if let target = targetPerSecond, let alongside = other.targetPerSecond {
            targetPerSecond = target + alongside
        } else {
            targetPerSecond = nil
        }
        endSeconds = max(endSeconds, other.endSeconds)
        seconds = max(seconds, other.seconds)
        isMeasured = isMeasured && other.isMeasured
        connections += other.connections
        outstanding += other.outstanding
        processorPercent = max(processorPercent, other.processorPercent)
    }
}
