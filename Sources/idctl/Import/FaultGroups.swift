internal import Console

/// Refused records by code, so that a thousand of a kind are told in one line.
struct FaultGroups {
    /// Those of one code.
    struct Group: Equatable {
        let code: String
        /// The message of the first one, with its place.
        let firstMessage: String
        /// How many there are.
        var count: Int
    }

    private var groups: [String: Group] = [:]
    /// All refused records.
    private(set) var count = 0

    /// Notes one; `message` is asked for only where it is the first of its code.
    mutating func note(code: String, message: () -> String) {
        count += 1
        if groups[code]?.count == nil {
            groups[code] = Group(code: code, firstMessage: message(), count: 0)
        }
        groups[code]?.count += 1
    }

    /// The groups, the largest last.
    var sorted: [Group] {
        groups.values.sorted { ($0.count, $0.code) < ($1.count, $1.code) }
    }

    /// A message for each group.
    var messages: [UserMessage] {
        sorted.map { group in
            guard group.count > 1 else {
                return UserMessage(MessageCode(group.code), english: group.firstMessage, chinese: group.firstMessage)
            }
            return UserMessage(
                MessageCode(group.code),
                english: "\(TextCount.grouped(group.count)) records, the first: \(group.firstMessage)",
                chinese: "共 \(TextCount.grouped(group.count)) 条，首条：\(group.firstMessage)"
            )
        }
    }
}
