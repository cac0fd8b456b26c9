extension ResolutionAnswer {
    /// `{"handle":…,"values":[…]}`: a whole record.
    package var json: JSONTree {
        .object([
            JSONTree.Member("handle", .text(identifier)),
            JSONTree.Member("values", .array(values.map { $0.json() })),
        ])
    }

    /// Reads a record.
    package init(json: JSONTree) throws(JSONFormError) {
        self.init(
            identifier: try json.text("handle"),
            values: try json.list("values") { json throws(JSONFormError) in try HandleValue(json: json) }
        )
    }
}
