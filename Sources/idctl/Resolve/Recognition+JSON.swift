internal import Console
internal import Resolution

extension Recognition {
    /// Members of `explanation`: what was typed, and what it was recognised as.
    func write(to json: inout JSONText, oidRoot: String) {
        json.key("typed")
        json.string(typed)
        json.key("read")
        json.array { json in
            for note in notes {
                if let change = note.change { json.string(change) }
            }
        }
        json.key("scheme")
        json.string(scheme.rawValue)
        json.key("canonical")
        json.string(canonical)
        if let codingType {
            json.key("codingType")
            json.string(codingType.rawValue)
        }
        json.key("alternatives")
        json.array { json in
            for other in alternatives { json.string(other) }
        }
        writeRoute(to: &json, oidRoot)
        writeNotes(to: &json)
    }

    private func writeRoute(to json: inout JSONText, _ oidRoot: String) {
        json.key("route")
        json.object { json in
            json.key("to")
            json.string(route.name)
            if case .gs1Resolver(let address) = route {
                json.key("address")
                json.string(address)
            }
            if case .objectIdentifierSystem(let labels) = route {
                json.key("name")
                json.string(labels + [UInt8(ascii: ".")] + Array(oidRoot.utf8))
            }
        }
    }

    private func writeNotes(to json: inout JSONText) {
        json.key("notes")
        json.array { json in
            for note in notes {
                json.object { json in
                    json.key("code")
                    json.string(note.code)
                    json.key("byte")
                    json.number(note.place + 1)
                    json.key("about")
                    json.string(note.heading.key)
                    json.key("english")
                    json.string(note.description)
                    json.key("chinese")
                    json.string(note.chineseDescription)
                }
            }
        }
    }
}
