internal import Console

extension PaceOptions {
    /// What decides when a question is sent; throws where a value cannot be used.
    func loop() throws(LoadError) -> LoadPlan.Loop {
        let seconds = try FlagNumber.checked("--seconds", seconds ?? Self.secondsDefault, in: 0.1...86_400)
        let warmup = try FlagNumber.checked("--warmup", warmup, in: 0...3_600)
        guard let closed else {
            return .open(Schedule(try shape(), seconds: seconds, warmupSeconds: warmup), catchesUp: catchesUp)
        }
        return .closed(
            outstanding: Int(try FlagNumber.checked("--closed", Double(closed), in: 1...65_536)),
            ratePerSecondMax: try rate.map { rate throws(LoadError) in try Self.perSecond(rate) },
            seconds: seconds,
            warmupSeconds: warmup
        )
    }

    private func shape() throws(LoadError) -> Schedule.Shape {
        if let ramp {
            return try Self.known(LoadShape.ramp(ramp), "--ramp", ramp, as: "1k:50k")
        }
        if let steps {
            return try Self.known(LoadShape.steps(steps), "--steps", steps, as: "10k,50k,100k:30s")
        }
        if let burst {
            return try Self.known(LoadShape.burst(burst), "--burst", burst, as: "500:1s")
        }
        return .constant(
            try rate.map { rate throws(LoadError) in try Self.perSecond(rate) }
                ?? LoadPlan.ratePerSecondDefault
        )
    }

    private static func perSecond(_ text: String) throws(LoadError) -> Double {
        try known(LoadShape.rate(text), "--rate", text, as: "500 or 10k, 0.1…10M")
    }

    private static func known<Value>(
        _ value: Value?,
        _ flag: String,
        _ text: String,
        as example: String
    ) throws(LoadError) -> Value {
        guard let value else { throw LoadError(.badShape(flag, text, example: example), exitCode: .usage) }
        return value
    }
}
