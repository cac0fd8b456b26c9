internal import EventLoop
internal import ResolutionProtocol

extension LoadResult {
    init(_ root: ResultNode) throws(ResultFault) {
        var generator = GeneratorFigures()
        generator.notSent = try root.count("not_sent")
        generator.backlog = try root.count("backlog_max")
        generator.processorShare = try root.number("generator_cpu_percent") / 100
        generator.busiestProcessorShare = try root.number("generator_cpu_percent_max") / 100
        let histograms = try root.member("histograms")
        generator.timerError = try LatencyHistogram(histograms, "timer_error")
        let tally = try Tally(root, samplesOf: root)
        let nodes = try root.list("targets", countMax: RunDocument.channelCountMax)
        var channels: [ChannelResult] = []
        for (number, node) in nodes.enumerated() {
            // The first cases are told of all together, and one target is the whole.
            let counted = nodes.count == 1 ? tally : try Tally(node, samplesOf: number == 0 ? root : nil)
            channels.append(ChannelResult(target: try LoadTarget(node), tally: counted))
        }
        self.init(
            channels: channels,
            seconds: try root.number("seconds"),
            wasInterrupted: try root.flag("interrupted"),
            wasRefused: false,
            generator: generator
        )
        // The whole is made of its parts: they must be the parts that its own members speak of.
        guard self.tally.hasSameCounts(as: tally) else { throw .wrong("targets") }
    }
}

extension LoadTarget {
    init(_ node: ResultNode) throws(ResultFault) {
        let carrier = try node.member("protocol")
        guard let known = LoadPlan.Carrier(rawValue: try carrier.text) else { throw .wrong(carrier.path) }
        let target = try node.member("target")
        guard let address = try? SocketAddress(text: try target.text, defaultPort: 2641) else {
            throw .wrong(target.path)
        }
        self.init(address: address, carrier: known, weight: try node.number("weight"))
    }
}

extension Tally {
    init(_ root: ResultNode, samplesOf samples: ResultNode?) throws(ResultFault) {
        self.init()
        let answered = try root.count("answered")
        wrong = try root.count("wrong")
        guard wrong <= answered else { throw .wrong("wrong") }
        right = answered - wrong
        sent = try root.count("sent")
        unsent = try root.count("unsent")
        lost = try root.count("lost")
        late = try root.count("late")
        duplicate = try root.count("duplicate")
        unexpected = try root.count("unexpected")
        disconnected = try root.count("disconnected")
        connected = try root.count("connected")
        unconnected = try root.count("unconnected")
        withoutPort = try root.count("without_port")
        let faults = try root.member("faults")
        guard case .object(let members) = faults.tree else { throw .wrong(faults.path) }
        for member in members {
            guard let fault = AnswerFault(member.name) else { throw .wrong("faults.\(member.name)") }
            self.faults[fault] = try faults.count(member.name)
        }
        let sampleCountMax = Self.sampleCountMax * AnswerColumn.allCases.count
        for node in try samples?.list("samples", countMax: sampleCountMax) ?? [] { keep(try Sample(node)) }
        let histograms = try root.member("histograms")
        response = try LatencyHistogram(histograms, "response")
        service = try LatencyHistogram(histograms, "service")
        // Each answer in time has both times; where that is not so, no percentile could be believed.
        for (name, histogram) in [("response", response), ("service", service)] where histogram.count != answered {
            throw .wrong("\(histograms.path).\(name)")
        }
    }

    /// Whether all counts are equal.
    func hasSameCounts(as other: Tally) -> Bool {
        [
            sent == other.sent, unsent == other.unsent, right == other.right, wrong == other.wrong,
            lost == other.lost, late == other.late, duplicate == other.duplicate, unexpected == other.unexpected,
            disconnected == other.disconnected, connected == other.connected,
            unconnected == other.unconnected, withoutPort == other.withoutPort, faults == other.faults,
            response.pairs.elementsEqual(other.response.pairs, by: ==),
            service.pairs.elementsEqual(other.service.pairs, by: ==),
        ].allSatisfy { $0 }
    }
}

extension Tally.Sample {
    init(_ node: ResultNode) throws(ResultFault) {
        let column = try node.member("column")
        guard let known = AnswerColumn(rawValue: try column.text) else { throw .wrong(column.path) }
        let fault = try node.optional("fault").map { node throws(ResultFault) in
            guard let fault = AnswerFault(try node.text) else { throw ResultFault.wrong(node.path) }
            return fault
        }
        let packet = try node.member("packet")
        guard let bytes = HexadecimalText.bytes(Array(try packet.text.utf8)) else { throw .wrong(packet.path) }
        self.init(
            known,
            fault: fault,
            identifier: Array(try node.text("identifier").utf8),
            packet: bytes.span.bytes
        )
    }
}

extension LatencyHistogram {
    /// More times than three significant digits can tell apart.
    private static let pairCountMax = 65_536

    init(_ histograms: ResultNode, _ name: String) throws(ResultFault) {
        self.init()
        _ = try histograms.member(name)
        for node in try histograms.list(name, countMax: Self.pairCountMax) {
            guard case .array(let pair) = node.tree, pair.count == 2 else { throw .wrong(node.path) }
            let microseconds = try ResultNode(tree: pair[0], path: node.path).count
            let count = try ResultNode(tree: pair[1], path: node.path).count
            guard self.count <= ResultNode.countMax, add(microseconds: microseconds, count: count) else {
                throw .wrong(node.path)
            }
        }
    }
}
