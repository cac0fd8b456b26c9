internal import Console
internal import Glibc
internal import ResolutionProtocol

extension LoadOptions {
    /// Lines of a list beside which identifiers are made up that do not exist.
    private static let sampleLineCount = 4_096

    /// Adds what a file of `--replay` has: read while the run goes on where that is asked for in its order, else whole.
    func addReplay(_ path: String, to questions: QuestionSet, _ plan: LoadPlan) throws(LoadError) {
        let isRegular = Self.isRegular(path)
        let obstacle = streamObstacle(plan)
        // What comes through a pipe cannot be had twice.
        guard isRegular || obstacle == nil && plan.keys.stops else {
            return try QuestionFiles.addIdentifiers(at: path, to: questions)
        }
        if isRegular, try QuestionFiles.recordFormat(of: path) != nil {
            return try QuestionFiles.addIdentifiers(at: path, to: questions)
        }
        let file = try ReplayFile(
            path: path,
            wraps: !plan.keys.stops,
            names: plan.names,
            messageByteCountMax: plan.carriers.contains(.udp)
                ? Packets.payloadByteCountMax : Envelope.messageLengthMax
        )
        if file.format == .messages, let flag = obstacle ?? recordingObstacle(plan) {
            throw LoadError(.recordedInOrder(path, because: flag), exitCode: .usage)
        }
        guard obstacle == nil else { return try QuestionFiles.addIdentifiers(at: path, to: questions) }
        if plan.missingPercent > 0 {
            guard isRegular else { throw LoadError(.withoutEffect("--missing", because: "--replay \(path)")) }
            try QuestionFiles.addIdentifiers(at: path, to: questions, lineCountMax: Self.sampleLineCount)
        }
        questions.areRecorded = file.format == .messages
        questions.stream = try QuestionStream.open(file)
    }

    /// The flag for which a file must be held whole.
    private func streamObstacle(_ plan: LoadPlan) -> String? {
        guard case .inOrder(let isShuffled, _) = plan.keys else { return "--keys \(plan.keys)" }
        let given = [
            ("--shuffle", isShuffled), ("--id", !keys.id.isEmpty), ("--config", keys.config != nil),
            ("--data", keys.data != nil), ("--count", counting.count != nil), ("--find-max", search.findMax),
        ]
        return given.first(where: \.1)?.0
    }

    /// The flag that goes with identifiers alone.
    private func recordingObstacle(_ plan: LoadPlan) -> String? {
        if plan.missingPercent > 0 { return "--missing" }
        return plan.carriers.contains(.dns) ? "--protocol dns" : nil
    }

    private static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
