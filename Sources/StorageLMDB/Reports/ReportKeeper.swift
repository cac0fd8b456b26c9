package import Resolution
internal import ResolutionProtocol

/// Keeps the reports of other nodes: a thread of its own writes one after the other, each in a durable transaction
/// before it is acknowledged.
package final class ReportKeeper: ReportBook, @unchecked Sendable {
    // Sendable: what changes is guarded by `monitor`.

    /// The most reports that wait.
    package static let waitingCountMax = 64

    private struct Waiting {
        var report: KeptReport
        var then: @Sendable (Result<Bool, ReportBookError>) -> Void
    }

    private let environment: Environment
    private let monitor = Monitor()
    private var queue: [Waiting] = []
    private var thread: WorkerThread?
    private var isClosing = false

    init(environment: Environment) { self.environment = environment }

    /// Starts the thread; false: there can be none. `begun` is called there first.
    package func start(begun: @escaping @Sendable () -> Void = {}) -> Bool {
        monitor.withLock {
            guard thread == nil, !isClosing else { return false }
            thread = WorkerThread { [self] in
                begun()
                while let next = next() { next.then(take(next.report)) }
            }
            return thread != nil
        }
    }

    package func take(
        _ report: KeptReport,
        then: @escaping @Sendable (Result<Bool, ReportBookError>) -> Void
    ) -> Bool {
        monitor.withLock {
            guard thread != nil, !isClosing, queue.count < Self.waitingCountMax else { return false }
            queue.append(Waiting(report: report, then: then))
            monitor.signal()
            return true
        }
    }

    /// Does what waits, and ends.
    func close() {
        let thread: WorkerThread? = monitor.withLock {
            isClosing = true
            monitor.signal()
            defer { self.thread = nil }
            return self.thread
        }
        thread?.join()
    }

    private func next() -> Waiting? {
        monitor.withLock {
            while queue.isEmpty, !isClosing { monitor.wait() }
            return queue.isEmpty ? nil : queue.removeFirst()
        }
    }

    /// Takes a report in, durably; whether it changes a count.
    func take(_ report: KeptReport) -> Result<Bool, ReportBookError> {
        var bound: ReportBound?
        do throws(LMDBError) {
            let hasChanged = try environment.write { transaction throws(LMDBError) -> Bool in
                let entry = ReportEntry(report, transaction)
                do throws(ReportEntry.Failure) {
                    return try entry.take()
                } catch {
                    switch error {
                    case .storage(let error): throw error
                    case .bound(let reached):
                        bound = reached
                        throw .tooLarge
                    }
                }
            }
            return .success(hasChanged)
        } catch {
            if let bound { return .failure(.tooMany(bound)) }
            return .failure(.log(ChangeLogError(error)))
        }
    }
}
