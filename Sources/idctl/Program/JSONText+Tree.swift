internal import Console
internal import ResolutionProtocol

extension JSONText {
    /// Writes a whole tree.
    mutating func tree(_ tree: JSONTree) {
        switch tree {
        case .string(let text): string(text)
        case .word(let word): self.word(word)
        case .array(let elements):
            array { json in
                for element in elements { json.tree(element) }
            }
        case .object(let members):
            object { json in
                for member in members {
                    json.key(member.name)
                    json.tree(member.value)
                }
            }
        }
    }
}
