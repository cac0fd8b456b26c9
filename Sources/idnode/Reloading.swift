internal import EventLoop
internal import NodeConfiguration
internal import Synchronization

/// Reloads of the configuration while the node runs: all or nothing, one at a time, each outcome kept for status and
/// metrics.
final class Reloading: Sendable {
    /// What a reload came to.
    enum Result: String, Sendable, CaseIterable {
        /// The file says what the node goes by.
        case unchanged
        /// Something changed, and what did not is named.
        case applied
        /// All that differs needs a restart.
        case waiting
        /// Something is wrong; the node goes on as before.
        case refused
    }

    /// A reload's outcome.
    struct Outcome: Sendable {
        let result: Result
        /// What changed, what needs a restart, or every problem with its place.
        let text: String
        let unixSeconds: Int64
    }

    private struct State {
        var configuration: NodeConfiguration
        var last: Outcome?
        var counts: [Result: Int] = [:]
    }

    private let path: String
    private let parts: [any Reloadable]
    private let state: Mutex<State>

    /// `configuration`, which came from the file at `path`, is in use by `parts`.
    init(path: String, configuration: NodeConfiguration, parts: [any Reloadable]) {
        self.path = path
        self.parts = parts
        state = Mutex(State(configuration: configuration))
    }

    /// What the node goes by now.
    var configuration: NodeConfiguration { state.withLock { $0.configuration } }
    /// What the last reload came to; nil: there was none.
    var last: Outcome? { state.withLock { $0.last } }
    /// How many reloads came to what.
    var counts: [Result: Int] { state.withLock { $0.counts } }

    /// Reads the file again and goes by it as far as a running node can.
    func reload() -> Outcome {
        state.withLock { state in
            let outcome = Self.reload(path, parts, &state.configuration)
            state.last = outcome
            state.counts[outcome.result, default: 0] += 1
            return outcome
        }
    }

    private static func reload(
        _ path: String,
        _ parts: [any Reloadable],
        _ configuration: inout NodeConfiguration
    ) -> Outcome {
        let now = SystemClock.coarseRealtimeSeconds()
        do {
            let change = configuration.change(to: try NodeConfiguration.load(path: path))
            // All parts are asked before the first one changes.
            let steps = try parts.map { try $0.prepare(change.configuration) }
            for step in steps { step.apply() }
            configuration = change.configuration
            let taken = change.taken + steps.flatMap(\.changes)
            return outcome(taken: taken, waiting: change.waiting, now)
        } catch let error as ConfigurationError {
            let text = error.problems.map { "\($0.place): \($0.text.english)" }.joined(separator: "; ")
            return Outcome(result: .refused, text: text, unixSeconds: now)
        } catch {
            return Outcome(result: .refused, text: (error as? ReloadRefusal)?.text ?? "\(error)", unixSeconds: now)
        }
    }

    private static func outcome(taken: [String], waiting: [String], _ unixSeconds: Int64) -> Outcome {
        var parts: [String] = []
        if !taken.isEmpty { parts.append("applied: " + taken.joined(separator: ", ")) }
        if !waiting.isEmpty { parts.append("needs a restart: " + waiting.joined(separator: ", ")) }
        let result: Result = !taken.isEmpty ? .applied : waiting.isEmpty ? .unchanged : .waiting
        return Outcome(
            result: result,
            text: parts.isEmpty ? "unchanged" : parts.joined(separator: "; "),
            unixSeconds: unixSeconds
        )
    }
}
