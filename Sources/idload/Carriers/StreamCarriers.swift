internal import ResolutionClient

/// Opens what carries questions over connections, as a plan has it.
enum StreamCarriers {
    static func open(to target: LoadTarget, _ plan: LoadPlan) throws(AskFailure) -> any LoadCarrier {
        let security = target.carrier == .tls ? plan.security[target.address] : nil
        let stream = StreamPlan(target: target.address, sources: plan.sources, security: security)
        guard let questionCount = plan.questionsPerConnection else {
            return try TCPCarrier(stream, count: plan.connections, isOneAtATime: plan.isOneAtATime)
        }
        return try ShortConnectionCarrier(
            stream,
            count: plan.connections,
            questionsPerConnection: questionCount,
            timeoutNanoseconds: plan.timeoutNanoseconds
        )
    }
}
