internal import Console

/// Keys and the control socket of a run, from its beginning to its end.
final class RunReach {
    let steering: RunSteering
    private var keys: KeyReading?
    private var socket: RunSocket?

    /// Makes the socket; keys are read from `open` on.
    init(_ plan: LoadPlan, socketPath: String?, _ language: Language) throws(LoadError) {
        let steering = RunSteering(plan.rateChanges)
        self.steering = steering
        socket = try socketPath.map { path throws(LoadError) in try RunSocket(path: path, steering, language) }
    }

    /// Reads keys where there is somebody to press them, and tells what they do.
    func open(_ terminal: Terminal) -> LocalizedText? {
        keys = KeyReading(steering, shownOn: terminal)
        return keys.map { _ in KeyReading.help(hasRate: steering.hasRate) }
    }

    /// A second of the run has ended. Where nobody can ask for its figures they are not kept: the run would have to
    /// copy its histograms to go on counting.
    func note(_ second: LoadSecond, _ totals: RunningTotals) {
        if socket != nil { steering.note(second, totals) }
    }

    /// Puts the terminal back, and removes the socket.
    func close() {
        keys?.close()
        keys = nil
        socket?.close()
        socket = nil
    }
}
