internal import ResolutionProtocol

/// Why JSON is no template: where, as a path such as `items[3].idIndex`, and what.
package struct TemplateError: Error, Hashable, Sendable {
    /// What is wrong there.
    package enum Reason: Hashable, Sendable {
        /// Not JSON, or nested too deep.
        case notJSON
        /// Longer than `DataTemplate.byteCountMax`.
        case tooLong
        /// A member that must be there is not.
        case missing
        /// A member of another kind: a text for a number, say.
        case wrongKind
        /// A member that templates do not have.
        case unknown
        /// Empty, longer than it may be, or with control characters; of a type also with a colon or a blank.
        case badText
        /// A number or word out of what it may be; what that is.
        case outOfRange(Bound)
        /// No class of GB/T 4754-2017 under the one before.
        case notACategory
        /// A member that was there before, or the index or the type of an earlier item.
        case repeated
        /// Another prefix than that of the template's identifier.
        case otherPrefix
    }

    /// What a member may be.
    package enum Bound: Hashable, Sendable {
        /// A whole number within these.
        case numbers(ClosedRange<Int>)
        /// One of these words.
        case words([String])
        /// So many items.
        case items(ClosedRange<Int>)
    }

    /// Where; empty: the whole.
    package var path: String
    /// What.
    package var reason: Reason

    init(_ path: String, _ reason: Reason) {
        self.path = path
        self.reason = reason
    }

    init(_ error: JSONFormError, in path: String) {
        switch error {
        case .missing(let name): self.init(path + name, .missing)
        case .wrongKind(let name): self.init(path + name, .wrongKind)
        case .invalid(let name): self.init(path + name, .outOfRange(.numbers(0...Int(Int32.max))))
        }
    }

    /// In English, as a program that asked is told.
    package var text: String {
        let what =
            switch reason {
            case .notJSON: "not a JSON object"
            case .tooLong: "longer than \(DataTemplate.byteCountMax) bytes"
            case .missing: "is missing"
            case .wrongKind: "is of another kind of JSON value"
            case .unknown: "is nothing that a template has"
            case .badText: "is empty, too long, or has characters that it must not have"
            case .outOfRange(.numbers(let range)): "should be from \(range.lowerBound) to \(range.upperBound)"
            case .outOfRange(.words(let words)): "should be \(words.joined(separator: " or "))"
            case .outOfRange(.items(let range)): "should have from \(range.lowerBound) to \(range.upperBound) items"
            case .notACategory: "is no class of GB/T 4754-2017 under the one before it"
            case .repeated: "stands there twice, or in an earlier item"
            case .otherPrefix: "is not the prefix of the template's identifier"
            }
        return path.isEmpty ? "the template is \(what)" : "the template's \(path) \(what)"
    }
}
