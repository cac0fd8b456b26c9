internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

extension Explanation {
    /// The member `explanation` of a JSON document; members are only ever added (docs/idctl.md).
    func write(to json: inout JSONText) {
        json.key("explanation")
        json.object { json in
            writeReading(&json)
            writeRoute(&json)
            writeAnswer(&json)
            writeSteps(&json)
            writeFacts(&json)
        }
    }

    /// A document of its own, where no answer came.
    func failureJSON(_ message: UserMessage) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("identifier")
            json.string(reading.asked)
            json.key("server")
            json.string("\(route.address)")
            message.writeFailure(to: &json)
            write(to: &json)
        }
        json.endLine()
        return json.take()
    }

    private func writeReading(_ json: inout JSONText) {
        reading.write(to: &json, oidRoot: oidRoot)
        json.key("prefix")
        json.string(IdentifierGrammar.prefix(of: reading.asked))
        json.key("suffix")
        json.string(IdentifierGrammar.suffix(of: reading.asked))
        let parts = PrefixParts(of: reading.asked)
        for (key, part) in [
            ("range", parts.range), ("secondaryNode", parts.secondaryNode), ("enterprise", parts.enterprise),
        ] {
            guard let part else { continue }
            json.key(key)
            json.string(part)
        }
    }

    private func writeRoute(_ json: inout JSONText) {
        json.key("serverFrom")
        json.string(route.origin ?? "default")
        json.key("family")
        json.string(route.address.isIPv6 ? "IPv6" : "IPv4")
        if let name = route.name {
            json.key("serverName")
            json.string(name)
        }
        json.key("flags")
        json.object { json in
            for (flag, key, _) in RequestFlagsText.all {
                json.key(key)
                json.boolean(flags.contains(flag))
            }
        }
    }

    private func writeAnswer(_ json: inout JSONText) {
        json.key("sendings")
        json.number(max(1, trace.sendingCount))
        json.key("microseconds")
        json.number(trace.nanoseconds / 1_000)
        guard let report else { return }
        json.key("bytes")
        json.number(report.byteCount)
        if let packetCount = report.packetCount {
            json.key("packets")
            json.number(packetCount)
        }
        json.key("version")
        json.string("\(report.answer.envelope.version)")
        json.key("suggestedVersion")
        json.string("\(report.answer.envelope.suggestedVersion)")
        json.key("siteSerial")
        json.number(report.answer.header.siteInfoSerial)
        let rights = ReadingRights(report.values)
        for (key, indexes) in [("restricted", rights.restricted), ("administrative", rights.administrative)] {
            json.key(key)
            json.array { json in
                for index in indexes { json.number(index) }
            }
        }
    }

    private func writeSteps(_ json: inout JSONText) {
        json.key("findingMicroseconds")
        json.number(route.findingNanoseconds / 1_000)
        json.key("checkingMicroseconds")
        json.number(trace.checkingNanoseconds / 1_000)
        json.key("steps")
        json.array { json in
            for step in trace.steps {
                json.object { json in
                    json.key("action")
                    json.string(StepText.word(step.action))
                    json.key("beganMicroseconds")
                    json.number(step.startNanoseconds / 1_000)
                    json.key("microseconds")
                    json.number(step.nanoseconds / 1_000)
                    json.key("outcome")
                    json.string(StepText.word(step.outcome))
                }
            }
        }
    }

    private func writeFacts(_ json: inout JSONText) {
        json.key("facts")
        json.array { json in
            for fact in facts { fact.write(to: &json) }
        }
    }
}

extension UserMessage {
    /// The member `failure`: why no answer came.
    func writeFailure(to json: inout JSONText) {
        json.key("failure")
        json.object { json in
            json.key("code")
            json.string(code.description)
            json.key("english")
            json.string(text.english)
            json.key("chinese")
            json.string(text.chinese)
        }
    }
}
