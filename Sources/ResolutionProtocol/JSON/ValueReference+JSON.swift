extension ValueReference {
    /// `{"handle":…,"index":…}`.
    package var json: JSONTree {
        .object([JSONTree.Member("handle", .text(identifier)), JSONTree.Member("index", .number(index))])
    }

    /// Reads `{"handle":…,"index":…}`.
    package init(json: JSONTree) throws(JSONFormError) {
        self.init(identifier: try json.text("handle"), index: try json.number("index"))
    }
}
