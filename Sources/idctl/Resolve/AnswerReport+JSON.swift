internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

extension AnswerReport {
    /// One JSON document on one line; `explanation` is added where there is one.
    func json(_ explanation: Explanation? = nil) -> [UInt8] {
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
            if isStale {
                json.key("stale")
                json.boolean(true)
            }
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
            explanation?.write(to: &json)
        }
        json.endLine()
        return json.take()
    }
}
