internal import Console
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

extension NameReport {
    /// One JSON document on one line; `explanation` is added where there is one.
    func json(_ explanation: NameResolution? = nil) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("identifier")
            json.string(identifier)
            json.key("name")
            json.string(DomainName.text(of: name))
            json.key("code")
            json.number(answer.code)
            json.key("meaning")
            json.string(Self.meaning(of: answer.code).english)
            json.key("server")
            json.string(server)
            json.key("transport")
            json.string(carrier.rawValue)
            json.key("pointers")
            json.array { json in
                for (pointer, ttlSeconds) in pointers { Self.write(pointer, ttlSeconds, to: &json) }
            }
            explanation?.write(to: &json)
        }
        json.endLine()
        return json.take()
    }

    private static func write(_ pointer: NamingAuthorityPointer, _ ttlSeconds: UInt32, to json: inout JSONText) {
        json.object { json in
            json.key("order")
            json.number(pointer.order)
            json.key("preference")
            json.number(pointer.preference)
            json.key("flags")
            json.string(pointer.flags)
            json.key("services")
            json.string(pointer.services)
            json.key("regularExpression")
            json.string(pointer.regularExpression)
            json.key("replacement")
            json.string(DomainName.text(of: pointer.replacement))
            if let information = pointer.information {
                json.key("information")
                json.string(information)
            }
            json.key("ttl")
            json.number(ttlSeconds)
        }
    }
}

extension NameResolution {
    /// The member `explanation`.
    func write(to json: inout JSONText) {
        json.key("explanation")
        json.object { json in
            reading.write(to: &json, oidRoot: oidRoot)
            json.key("serverFrom")
            json.string(resolver.origin)
            json.key("microseconds")
            json.number(nanoseconds / 1_000)
            json.key("facts")
            json.array { json in
                for fact in facts { fact.write(to: &json) }
            }
        }
    }

    /// A document of its own, where no answer came.
    func failureJSON(_ message: UserMessage) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("identifier")
            json.string(reading.canonical)
            json.key("server")
            json.string("\(resolver.address)")
            message.writeFailure(to: &json)
            write(to: &json)
        }
        json.endLine()
        return json.take()
    }
}
