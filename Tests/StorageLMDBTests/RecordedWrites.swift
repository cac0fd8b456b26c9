import Glibc
import StoreSuite
import Testing

/// What the recorder of writes (Tests/WriteRecorder) has seen of a process.
struct RecordedWrites {
    enum Event {
        /// A write; durable when it returned, or by the next synchronization.
        case write(offset: Int, bytes: Range<Int>, isSynchronous: Bool)
        /// A synchronization that has come to its end.
        case synchronized
        /// The file got this length.
        case length(Int)
        /// The process said that this set is done.
        case acknowledged(UInt64)
    }

    private static let headByteCount = 24

    /// The recorder's file.
    let bytes: [UInt8]
    /// In order.
    private(set) var events: [Event] = []

    /// Reads the events at `path`; what is cut off at the end is left out.
    init(path: String) throws {
        bytes = try readFile(path)
        var place = 0
        while place + Self.headByteCount <= bytes.count {
            let (kind, isSynchronous) = (load(place, UInt32.self), load(place + 4, UInt32.self) != 0)
            let (offset, count) = (Int(load(place + 8, UInt64.self)), Int(load(place + 16, UInt64.self)))
            let content = place + Self.headByteCount
            guard content + count <= bytes.count else { return }
            switch kind {
            case 1:
                events.append(.write(offset: offset, bytes: content..<content + count, isSynchronous: isSynchronous))
            case 2: events.append(.synchronized)
            case 3: events.append(.length(offset))
            default: events.append(.acknowledged(load(content, UInt64.self)))
            }
            place = content + count
        }
    }

    private func load<Number: FixedWidthInteger & BitwiseCopyable>(_ place: Int, _ type: Number.Type) -> Number {
        bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: type)) }
    }
}

/// A disk that loses its power: what was synchronized is there; of the rest any part, in any order.
struct PowerlessDisk {
    /// What becomes of writes that were not synchronized.
    enum Fate: CaseIterable {
        case allLost, allKept, someKept, pagesTorn, sectorsTorn
    }

    private let recorded: RecordedWrites
    /// The file as far as it is durable.
    private var durable: [UInt8]
    /// Events that have been.
    private var position = 0
    /// Since the last synchronization.
    private var pending: [RecordedWrites.Event] = []
    /// The newest set that was acknowledged.
    private(set) var acknowledged: UInt64 = 0

    /// A disk with a file of these `bytes`, before the first event.
    init(_ recorded: RecordedWrites, bytes: [UInt8]) {
        self.recorded = recorded
        durable = bytes
    }

    /// Goes on until `count` events have been.
    mutating func advance(to count: Int) {
        while position < min(count, recorded.events.count) {
            let event = recorded.events[position]
            position += 1
            switch event {
            case .acknowledged(let number): acknowledged = number
            case .write(_, _, true): apply(event, to: &durable)
            case .synchronized:
                for event in pending { apply(event, to: &durable) }
                pending = []
            default: pending.append(event)
            }
        }
    }

    /// The file after the power went: while the next event, if it is a write, was under way.
    func image(_ fate: Fate, _ random: inout SplitMix) -> [UInt8] {
        var (image, open) = (durable, pending)
        if position < recorded.events.count, case .write = recorded.events[position] {
            open.append(recorded.events[position])
        }
        guard fate != .allLost else { return image }
        if fate != .allKept { open.shuffle(using: &random) }
        for event in open {
            switch fate {
            case .allLost: break
            case .allKept: apply(event, to: &image)
            case .someKept: if Bool.random(using: &random) { apply(event, to: &image) }
            case .pagesTorn: tear(event, 4_096, &image, &random)
            case .sectorsTorn: tear(event, 512, &image, &random)
            }
        }
        return image
    }

    private func apply(_ event: RecordedWrites.Event, to file: inout [UInt8]) {
        switch event {
        case .write(let offset, let bytes, _): write(recorded.bytes[bytes], at: offset, to: &file)
        case .length(let count): if count > file.count { extend(&file, to: count) }
        case .synchronized, .acknowledged: break
        }
    }

    /// Keeps about half of the blocks of an event.
    private func tear(
        _ event: RecordedWrites.Event,
        _ blockByteCount: Int,
        _ file: inout [UInt8],
        _ random: inout SplitMix
    ) {
        guard case .write(let offset, let bytes, _) = event else {
            if Bool.random(using: &random) { apply(event, to: &file) }
            return
        }
        var place = offset
        while place < offset + bytes.count {
            let end = min((place / blockByteCount + 1) * blockByteCount, offset + bytes.count)
            let block = recorded.bytes[(bytes.lowerBound + place - offset)..<(bytes.lowerBound + end - offset)]
            if Bool.random(using: &random) { write(block, at: place, to: &file) }
            place = end
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>, at offset: Int, to file: inout [UInt8]) {
        if file.count < offset + bytes.count { extend(&file, to: offset + bytes.count) }
        file.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }

    private func extend(_ file: inout [UInt8], to count: Int) {
        file += [UInt8](repeating: 0, count: count - file.count)
    }
}
