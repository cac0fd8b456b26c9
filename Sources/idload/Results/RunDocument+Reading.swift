internal import Console
internal import ResolutionProtocol

extension RunDocument {
    /// Reads what `json` writes. Members that are not known are passed over.
    init(json bytes: [UInt8]) throws(ResultFault) {
        guard let tree = JSONTree(bytes) else { throw .notJSON(offset: JSONTree.faultOffset(in: bytes) ?? 0) }
        let root = ResultNode(tree: tree, path: "")
        let format = try root.member("format").whole
        guard format > 0 else { throw .wrong("format") }
        guard format <= Self.format else { throw .laterFormat(format) }
        let plan = try PlanFacts(root)
        let result = try LoadResult(root)
        self.init(
            plan: plan,
            result: result,
            thresholds: try Self.thresholds(root),
            facts: try RunFacts(root),
            rows: try Self.rows(root),
            rowSeconds: max(1, try root.count("row_seconds")),
            limits: try Self.limits(root),
            isGeneratorLimited: try root.flag("generator_limited")
        )
        for part in try root.list("merged", countMax: Self.partCountMax) { parts.append(try Part(part)) }
        for warning in try root.list("warnings", countMax: Self.warningCountMax) {
            warnings.append(LocalizedText(english: try warning.text("en"), chinese: try warning.text("zh")))
        }
    }

    /// Warnings that one result can have.
    static let warningCountMax = 1_024
    private static let thresholdCountMax = 1_024

    private static func thresholds(_ root: ResultNode) throws(ResultFault) -> [Threshold] {
        var thresholds: [Threshold] = []
        for node in try root.list("thresholds", countMax: thresholdCountMax) {
            let condition = try node.member("condition")
            guard let threshold = Threshold(try condition.text) else { throw .wrong(condition.path) }
            thresholds.append(threshold)
        }
        return thresholds
    }

    private static func limits(_ root: ResultNode) throws(ResultFault) -> [GeneratorFigures.Limit] {
        var limits: [GeneratorFigures.Limit] = []
        for node in try root.list("generator_limits", countMax: GeneratorFigures.Limit.allCases.count) {
            guard let limit = GeneratorFigures.Limit(rawValue: try node.text) else { throw .wrong(node.path) }
            limits.append(limit)
        }
        return limits
    }

    private static func rows(_ root: ResultNode) throws(ResultFault) -> [SecondRow] {
        var rows: [SecondRow] = []
        for node in try root.list("rows", countMax: SecondRows.countMax) { rows.append(try SecondRow(node)) }
        return rows
    }
}

extension SecondRow {
    init(_ node: ResultNode) throws(ResultFault) {
        var times: [Time] = []
        for (name, _) in Self.percentiles {
            if let time = node.optional(name) {
                times.append(.microseconds(try time.count))
            } else {
                times.append(node.tree[name] == nil ? .unknown : .lost)
            }
        }
        self.init(
            endSeconds: try node.number("second"),
            seconds: try node.number("seconds"),
            isMeasured: try node.flag("measured"),
            targetPerSecond: try node.optional("target").map { node throws(ResultFault) in try node.number },
            sent: try node.count("sent"),
            answered: try node.count("answered"),
            lost: try node.count("lost"),
            wrong: try node.count("wrong"),
            times: times,
            connections: try node.count("connections"),
            outstanding: try node.count("outstanding"),
            notSent: try node.count("not_sent"),
            processorPercent: try node.number("cpu_percent"),
            connected: try node.count("connected")
        )
    }
}

extension PlanFacts {
    init(_ root: ResultNode) throws(ResultFault) {
        var targets: [String] = []
        var channels: [LoadTarget] = []
        for node in try root.list("targets", countMax: RunDocument.channelCountMax) {
            let target = try node.text("target")
            if !targets.contains(target) { targets.append(target) }
            channels.append(try LoadTarget(node))
        }
        var sources: [String] = []
        for node in try root.list("source_addresses", countMax: RunDocument.channelCountMax) {
            sources.append(try node.text)
        }
        let english = try root.text("plan")
        let mode = try root.text("mode")
        guard ["open", "closed"].contains(mode) else { throw .wrong("mode") }
        self.init(
            targets: targets,
            carriers: try root.text("protocol").split(separator: "+").map(String.init),
            shares: Self.shares(of: channels),
            isOpen: mode == "open",
            outstanding: try root.optional("outstanding").map { node throws(ResultFault) in Int(try node.count) },
            connections: Int(try root.count("connections")),
            questionsPerConnection: try root.optional("per_connection").map { node throws(ResultFault) in
                Int(try node.count)
            },
            sources: sources,
            threadCount: Int(try root.count("threads")),
            ratePerSecondMax: try root.optional("rate_limit").map { node throws(ResultFault) in try node.number },
            text: LocalizedText(english: english, chinese: try root.text("plan_zh")),
            warmupSeconds: try root.number("warmup_seconds"),
            keys: try root.text("keys"),
            verification: try root.text("verify"),
            identifierCount: Int(try root.count("identifiers")),
            missingPercent: try root.number("missing_percent"),
            isOnce: try root.flag("once"),
            timeoutMicroseconds: try root.count("timeout_us"),
            rateChanges: try RunDocument.rateChanges(root)
        )
    }
}

extension RunFacts {
    private static let argumentCountMax = 4_096

    init(_ node: ResultNode) throws(ResultFault) {
        var commandLine: [String] = []
        for argument in try node.list("command_line", countMax: Self.argumentCountMax) {
            commandLine.append(try argument.text)
        }
        let host = try node.member("host")
        self.init(
            commandLine: commandLine,
            version: try node.text("version"),
            host: HostFacts(
                system: try host.text("system"),
                machine: try host.text("machine"),
                processor: try host.text("processor"),
                processorCount: Int(try host.count("processors")),
                memoryByteCount: try host.count("memory_bytes")
            ),
            seed: try node.member("seed").whole
        )
    }
}

extension RunDocument.Part {
    init(_ node: ResultNode) throws(ResultFault) {
        self.init(
            facts: try RunFacts(node),
            target: try node.text("target"),
            planText: LocalizedText(english: try node.text("plan"), chinese: try node.text("plan_zh")),
            answered: try node.count("answered"),
            lost: try node.count("lost"),
            seconds: try node.number("seconds")
        )
    }
}
