internal import ResolutionClient

/// Opens what carries questions over connections, as a plan has it.
enum StreamCarriers {
    static func open(_ plan: LoadPlan) throws(AskFailure) -> any LoadCarrier {
        let stream = StreamPlan(target: plan.target, sources: plan.sources, security: plan.security)
        guard let questionCount = plan.questionsPerConnection else {
            return try TCPCarrier(stream, count: plan.connections)
        }
        return try ShortConnectionCarrier(
            stream,
            count: plan.connections,
            questionsPerConnection: questionCount,
            timeoutNanoseconds: plan.timeoutNanoseconds
        )
    }
}
