internal import Glibc
internal import Synchronization

/// Brings the data file into memory once after the start, from its beginning to its end on a thread of its own, so that
/// neither look-ups nor the sweep of the index wait for the disk page by page.
///
/// Nobody waits for it but the sweep, and the end of the store for the slice under way. It takes no lock that another
/// thread wants, and reads a slice at a time, so that a page that a look-up wants meanwhile stands behind little.
public final class FileWarming: @unchecked Sendable {
    // Sendable: the figures and the thread are in locks, the flag is atomic, the rest is set in init.

    /// Bytes that are read at a time.
    static let sliceByteCount = 1 << 20
    /// The file must be smaller than this share of the memory, in percent.
    public static let memoryPercent = 60

    private let environment: Environment
    private let state = Mutex(WarmingFigures())
    private let thread = Mutex<WorkerThread?>(nil)
    private let isStopping = Atomic<Bool>(false)

    init(_ environment: Environment) { self.environment = environment }

    /// Whether it has been told to end.
    var isStopped: Bool { isStopping.load(ordering: .relaxed) }

    /// How far it has come; any thread.
    public var figures: WarmingFigures { state.withLock { $0 } }

    /// Begins, where the file is under 60 % of `memoryByteCount`, the memory that the process may use. Called once.
    ///
    /// `report` is called from the warming thread, and so is `begun`, first; where there is nothing to do `report` is
    /// called at once.
    public func start(
        memoryByteCount: Int,
        report: @escaping @Sendable (StoreEvent) -> Void = { _ in },
        begun: @escaping @Sendable () -> Void = {}
    ) {
        let source = WarmingSource(path: environment.path, byteCount: environment.usedByteCount)
        start(source, memoryByteCount: memoryByteCount, report: report, begun: begun)
    }

    /// The same of any file.
    func start(
        _ source: WarmingSource,
        memoryByteCount: Int,
        report: @escaping @Sendable (StoreEvent) -> Void,
        begun: @escaping @Sendable () -> Void = {}
    ) {
        let isSmall = source.byteCount < memoryByteCount / 100 * Self.memoryPercent
        state.withLock { figures in
            figures.fileByteCount = source.byteCount
            figures.memoryByteCount = memoryByteCount
            figures.state = isSmall ? .underWay : .tooLarge
        }
        guard isSmall else { return report(.warmingEnded(figures)) }
        environment.warming.set(true)
        let started = WorkerThread { [self] in
            begun()
            report(.warmingBegan(figures))
            run(source)
            report(.warmingEnded(figures))
        }
        if started == nil {
            end(.failed, reason: "no thread")
            report(.warmingEnded(figures))
        }
        thread.withLock { $0 = started }
    }

    /// Ends it after the slice under way, and waits for that.
    func stop() {
        isStopping.store(true, ordering: .relaxed)
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        running?.join()
    }

    private func end(_ ending: WarmingFigures.State, reason: String = "") {
        state.withLock { figures in
            figures.state = ending
            figures.reason = reason
        }
        environment.warming.set(false)
    }
}

// The warming thread.
extension FileWarming {
    private func run(_ source: WarmingSource) {
        let began = Clock.monotonicNanoseconds
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: Self.sliceByteCount, alignment: 4_096)
        defer { buffer.deallocate() }
        var position = 0
        while position < source.byteCount {
            guard !isStopped else { return end(.stopped) }
            let slice = position..<min(position + Self.sliceByteCount, source.byteCount)
            let isResident = source.isResident(slice)
            let count = isResident ? slice.count : source.read(slice, buffer)
            guard count >= 0 else { return end(.failed, reason: String(cString: strerror(Int32(clamping: -count)))) }
            state.withLock { figures in
                figures.nanoseconds = Clock.monotonicNanoseconds - began
                if isResident { figures.residentByteCount += count } else { figures.readByteCount += count }
            }
            // Nothing is behind the end of the file.
            guard count > 0 else { break }
            position += count
        }
        end(.done)
    }
}
