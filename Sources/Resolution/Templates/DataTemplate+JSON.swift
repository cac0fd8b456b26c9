package import ResolutionProtocol

/// Writing a template as its reader takes it.
extension DataTemplate {
    /// The whole template.
    package func json(prefix: [UInt8]) -> JSONTree {
        var members = [
            JSONTree.Member("prefix", .text(prefix)), JSONTree.Member("version", .text(version)),
            JSONTree.Member("state", .string(state.rawValue)),
        ]
        if let category {
            members.append(JSONTree.Member("industryCategory", .text(category.section)))
            let levels = [
                ("industrySpecific", category.division), ("industryTrade", category.group),
                ("industrySubclass", category.subclass),
            ]
            members += levels.filter { !$0.1.isEmpty }.map { JSONTree.Member($0.0, .text($0.1)) }
        }
        members.append(JSONTree.Member("type", .number(kind.rawValue)))
        if !description.isEmpty { members.append(JSONTree.Member("description", .text(description))) }
        members.append(JSONTree.Member("items", .array(items.map(\.json))))
        return .object(members)
    }
}

extension TemplateItem {
    fileprivate var json: JSONTree {
        .object([
            JSONTree.Member("name", .text(name)), JSONTree.Member("idType", .text(type)),
            JSONTree.Member("idIndex", .number(index)), JSONTree.Member("required", .boolean(isRequired)),
            JSONTree.Member("state", .number(isEnabled ? 1 : 0)),
            JSONTree.Member(
                "metadata",
                .object([
                    JSONTree.Member("type", .string("string")), JSONTree.Member("minLength", .number(lengthMin)),
                    JSONTree.Member("maxLength", .number(lengthMax)),
                ])
            ),
        ])
    }
}
