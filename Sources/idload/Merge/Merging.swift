internal import Console

/// Several results as one, as if one machine had asked it all at the same time: counts and histograms add. Percentiles
/// are made of the added histograms, never of percentiles.
struct Merging {
    /// At least one.
    private let documents: [RunDocument]
    private let first: RunDocument
    private let parts: [RunDocument.Part]
    private let result: LoadResult

    /// nil: there are fewer than two results, or more parts or targets than one result may have.
    init?(_ documents: [RunDocument]) {
        guard documents.count >= 2, let first = documents.first else { return nil }
        let parts = documents.flatMap { $0.parts.isEmpty ? [RunDocument.Part($0)] : $0.parts }
        let result = LoadResult(merging: documents.map(\.result))
        guard parts.count <= RunDocument.partCountMax, result.channels.count <= RunDocument.channelCountMax else {
            return nil
        }
        self.documents = documents
        self.first = first
        self.parts = parts
        self.result = result
    }

    /// The result of all; `facts` say what merged them.
    func merged(_ facts: RunFacts) -> RunDocument {
        let rows = MergedRows(documents)
        return RunDocument(
            plan: plan,
            result: result,
            thresholds: thresholds,
            facts: facts,
            rows: rows?.rows ?? [],
            rowSeconds: first.rowSeconds,
            limits: GeneratorFigures.Limit.allCases.filter { limit in documents.contains { $0.limits.contains(limit) }
            },
            isGeneratorLimited: documents.contains { $0.isGeneratorLimited },
            parts: parts,
            warnings: warnings(hasRows: rows != nil)
        )
    }

    private var thresholds: [Threshold] {
        var thresholds: [Threshold] = []
        for threshold in documents.flatMap(\.thresholds) where !thresholds.contains(threshold) {
            thresholds.append(threshold)
        }
        return thresholds
    }

    /// What all were to do together.
    private var plan: PlanFacts {
        let plans = documents.map(\.plan)
        var plan = first.plan
        plan.targets = Self.unique(plans.flatMap(\.targets))
        plan.carriers = Self.unique(plans.flatMap(\.carriers))
        plan.shares = PlanFacts.shares(of: result.channels.map(\.target))
        plan.sources = Self.unique(plans.flatMap(\.sources))
        plan.threadCount = plans.map(\.threadCount).max() ?? 1
        plan.isOpen = plans.allSatisfy(\.isOpen)
        plan.outstanding = Self.sum(plans.map(\.outstanding))
        plan.connections = plans.map(\.connections).reduce(0, +)
        plan.ratePerSecondMax = Self.sum(plans.map(\.ratePerSecondMax))
        plan.text = text
        plan.warmupSeconds = plans.map(\.warmupSeconds).max() ?? 0
        plan.keys = Self.unique(plans.map(\.keys)).joined(separator: ", ")
        plan.verification = Self.unique(plans.map(\.verification)).joined(separator: ", ")
        plan.identifierCount = plans.map(\.identifierCount).max() ?? 0
        plan.missingPercent = plans.map(\.missingPercent).max() ?? 0
        plan.isOnce = plans.allSatisfy(\.isOnce)
        plan.rateChanges = Self.unique(plans.flatMap(\.rateChanges)).sorted { $0.nanoseconds < $1.nanoseconds }
        // Of every one that is lost it is true that it took longer than the shortest.
        plan.timeoutMicroseconds = plans.map(\.timeoutMicroseconds).min() ?? 0
        return plan
    }

    private var text: LocalizedText {
        let count = parts.count
        return LocalizedText(
            english: "\(count) results merged: "
                + Self.unique(parts.map(\.planText.english)).joined(separator: "; "),
            chinese: "合并 \(count) 次结果：" + Self.unique(parts.map(\.planText.chinese)).joined(separator: "；")
        )
    }

    /// Where the parts do not fit together.
    private func warnings(hasRows: Bool) -> [LocalizedText] {
        var warnings = documents.flatMap(\.warnings)
        for document in documents.dropFirst() {
            for difference in PlanDifference.between(first.plan, document.plan) {
                warnings.append(
                    LocalizedText(
                        english: "warning: the parts differ in \(difference.text.english)",
                        chinese: "警告：各部分不同，\(difference.text.chinese)"
                    )
                )
            }
        }
        if parts.indices.contains(where: { parts[..<$0].contains(parts[$0]) }) { warnings.append(Self.twice) }
        if let lengths { warnings.append(lengths) }
        if !hasRows { warnings.append(Self.withoutRows) }
        return Array(Self.unique(warnings).prefix(RunDocument.warningCountMax))
    }

    /// Runs that were not of one length were not at one time.
    private var lengths: LocalizedText? {
        let seconds = documents.map(\.result.seconds)
        guard let shortest = seconds.min(), let longest = seconds.max(), shortest < longest * 0.95 else { return nil }
        let (from, to) = (TextCount.duration(.seconds(shortest)), TextCount.duration(.seconds(longest)))
        return LocalizedText(
            english: "warning: the parts took from \(from) to \(to): the rate is of the longest time",
            chinese: "警告：各部分历时 \(from) 至 \(to)：速率按最长时间计算"
        )
    }

    private static let twice = LocalizedText(
        english: "warning: the same run is merged twice, and counted twice",
        chinese: "警告：同一次运行被合并了两次，并计数两次"
    )
    private static let withoutRows = LocalizedText(
        english: "warning: rows of different lengths do not add: there is nothing over time",
        chinese: "警告：长度不同的行不能相加：没有随时间变化的数据"
    )

    /// Each once, in the order of the first.
    private static func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
        var seen: Set<Item> = []
        return items.filter { seen.insert($0).inserted }
    }

    /// nil unless all have one.
    private static func sum<Number: AdditiveArithmetic>(_ numbers: [Number?]) -> Number? {
        let known = numbers.compactMap { $0 }
        return known.count == numbers.count ? known.reduce(.zero, +) : nil
    }
}

extension RunDocument.Part {
    /// A run that is no merged one.
    init(_ document: RunDocument) {
        self.init(
            facts: document.facts,
            target: document.plan.target,
            planText: document.plan.text,
            answered: document.result.tally.answered,
            lost: document.result.tally.lost,
            seconds: document.result.seconds
        )
    }
}
