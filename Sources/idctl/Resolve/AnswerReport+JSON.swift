internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

extension AnswerReport {
    /// One JSON document on one line; `isExplained` adds how the answer came.
    func json(isExplained: Bool) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("identifier")
            json.string(identifier)
            json.key("code")
            json.number(code.rawValue)
            json.key("meaning")
            json.string(ResponseMeaning.text(of: code).english)
            json.key("server")
            json.string(server)
            json.key("transport")
            json.string(carrier.rawValue)
            if case .error = answer.body {
                json.key("message")
                json.string(errorText)
            }
            if case .referral(let referral) = answer.body {
                json.key("referral")
                json.string(referral.identifier)
            }
            json.key("values")
            json.array { json in
                // People and scripts see the permissions of each value.
                for value in values { json.tree(value.json(alwaysPermissions: true)) }
            }
            if isExplained { writeExplanation(to: &json) }
        }
        json.endLine()
        return json.take()
    }

    private func writeExplanation(to json: inout JSONText) {
        json.key("explanation")
        json.object { json in
            json.key("prefix")
            json.string(Explanation.prefix(of: identifier))
            json.key("suffix")
            json.string(Explanation.suffix(of: identifier))
            json.key("sendings")
            json.number(sendings)
            json.key("microseconds")
            json.number(Int64((elapsed / .microseconds(1)).rounded()))
            json.key("bytes")
            json.number(byteCount)
            if let packetCount {
                json.key("packets")
                json.number(packetCount)
            }
            json.key("version")
            json.string("\(answer.envelope.version)")
            json.key("suggestedVersion")
            json.string("\(answer.envelope.suggestedVersion)")
            json.key("siteSerial")
            json.number(answer.header.siteInfoSerial)
        }
    }
}
