internal import Console
internal import EventLoop

extension LoadOptions {
    /// What the flags ask for, checked; throws a usage error where they make no sense.
    func plan() throws(LoadError) -> LoadPlan {
        var plan = LoadPlan(target: try address(), seed: seed ?? UInt64.random(in: 0...UInt64(UInt32.max)))
        plan.carrier = carrier
        plan.seconds = try checked("--seconds", seconds, in: 0.1...86_400)
        plan.outstanding = Int(try checked("--closed", Double(closed), in: 1...65_536))
        plan.ratePerSecond = try rate.map { rate throws(LoadError) in try checked("--rate", rate, in: 0.1...1e8) }
        plan.connections = Int(try checked("--connections", Double(connections), in: 1...1_024))
        plan.timeoutNanoseconds = UInt64(try checked("--timeout", Double(timeout), in: 1...60_000)) * 1_000_000
        plan.verification = verify
        plan.missingPercent = try missingPercent()
        plan.asksEachOnce = once
        try checkOwner(plan)
        return plan
    }

    /// The conditions, with `wrong==0` unless another about wrong answers is given.
    func thresholds() throws(LoadError) -> [Threshold] {
        var thresholds: [Threshold] = []
        for text in conditions {
            guard let threshold = Threshold(text) else { throw LoadError(.badThreshold(text), exitCode: .usage) }
            thresholds.append(threshold)
        }
        return thresholds.contains { $0.measure == .wrong } ? thresholds : [.noneWrong] + thresholds
    }

    /// The questions of the run; throws where there are none.
    func questions(for plan: LoadPlan) throws(LoadError) -> QuestionSet {
        guard (expect != nil) == (verify == .full) else { throw LoadError(.verifyNeedsExpect, exitCode: .usage) }
        let questions = QuestionSet()
        if let expect {
            guard id.isEmpty, replay == nil else { throw LoadError(.expectAlone, exitCode: .usage) }
            try QuestionFiles.addRecords(at: expect, comparesValues: true, to: questions)
        }
        for identifier in id { questions.add(Array(identifier.utf8)) }
        if let replay { try QuestionFiles.addIdentifiers(at: replay, to: questions) }
        guard questions.knownCount > 0 else { throw LoadError(.noIdentifiers, exitCode: .usage) }
        if plan.missingPercent > 0 {
            var numbers = SeededNumbers(seed: ~plan.seed)
            questions.addMissing(4_096, numbers: &numbers)
        }
        return questions
    }

    private func address() throws(LoadError) -> SocketAddress {
        guard let address = try? SocketAddress(text: target, defaultPort: 2641), address.port != 0 else {
            throw LoadError(.badTarget(target), exitCode: .usage)
        }
        return address
    }

    private func missingPercent() throws(LoadError) -> Double {
        let text = missing.hasSuffix("%") ? String(missing.dropLast()) : missing
        return try checked("--missing", Double(text) ?? -1, in: 0...99)
    }

    private func checkOwner(_ plan: LoadPlan) throws(LoadError) {
        guard !plan.target.isLoopback, !ownsTarget else { return }
        guard let rate = plan.ratePerSecond, rate <= Self.strangersRateMax else {
            throw LoadError(.notOwned(plan.target), exitCode: .usage)
        }
    }

    private func checked(
        _ flag: String,
        _ value: Double,
        in range: ClosedRange<Double>
    ) throws(LoadError) -> Double {
        guard range.contains(value) else {
            let bounds = "\(Self.plain(range.lowerBound))…\(Self.plain(range.upperBound))"
            let message = UserMessage.badNumber(
                flag,
                Self.plain(value),
                english: "a number in \(bounds)",
                chinese: "\(bounds) 之间的数"
            )
            throw LoadError(message, exitCode: .usage)
        }
        return value
    }

    private static func plain(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }
}
