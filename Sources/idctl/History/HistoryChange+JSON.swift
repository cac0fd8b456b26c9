internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

extension HistoryChange {
    /// Writes it as an object. Members of the audit line are there only where the change has one.
    func write(to json: inout JSONText) {
        json.object { json in
            json.key("sequence")
            json.number(sequence)
            json.key("time")
            json.string(MomentText.utc(unixSeconds))
            json.key("action")
            json.string(action.rawValue)
            if action == .kept {
                json.key("changeSequence")
                json.number(changeSequence)
            }
            if action == .prefix { writeTerms(to: &json) } else { writeValueCount(to: &json) }
            if let audit { write(audit, to: &json) } else { writeOrigin(to: &json) }
            Self.write(before, "before", to: &json)
            Self.write(after, "after", to: &json)
        }
    }

    private func writeValueCount(to json: inout JSONText) {
        json.key("valueCount")
        json.number(valueCount)
    }

    /// Null: the prefix was given up without leaving a row.
    private func writeTerms(to json: inout JSONText) {
        json.key("terms")
        guard let terms else { return json.null() }
        json.object { PrefixListCommand.write(terms, to: &$0) }
    }

    private func writeOrigin(to json: inout JSONText) {
        json.key("origin")
        json.string(origin)
    }

    private func write(_ audit: Audit, to json: inout JSONText) {
        json.key("operator")
        json.boolean(isOperator)
        json.key("administrator")
        if let who = audit.administrator, !isOperator {
            json.object { json in
                json.key("index")
                json.number(who.index)
                json.key("identifier")
                json.string(who.identifier)
            }
        } else {
            json.null()
        }
        json.key("keyDigest")
        json.string(Self.hexadecimal(audit.keyDigest))
        json.key("source")
        if let source { json.string(source.host) } else { json.null() }
        json.key("port")
        if source != nil { json.number(audit.port) } else { json.null() }
        json.key("transport")
        json.string(transport ?? "")
        json.key("requestId")
        json.number(audit.requestID)
        json.key("operation")
        json.number(audit.opCode.rawValue)
    }

    /// Digits, null where there were no values; left out where it is not known.
    private static func write(_ digest: Digest, _ key: String, to json: inout JSONText) {
        switch digest {
        case .unknown: return
        case .none:
            json.key(key)
            json.null()
        case .of(let bytes):
            json.key(key)
            json.string(hexadecimal(bytes))
        }
    }
}
