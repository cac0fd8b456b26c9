extension Tally {
    /// The count of a column.
    subscript(column: AnswerColumn) -> UInt64 {
        get { self[keyPath: column.ofTally] }
        set { self[keyPath: column.ofTally] = newValue }
    }
}

extension LoadSecond {
    /// The count of a column.
    subscript(column: AnswerColumn) -> UInt64 {
        get { self[keyPath: column.ofSecond] }
        set { self[keyPath: column.ofSecond] = newValue }
    }
}

extension AnswerColumn {
    fileprivate var ofTally: WritableKeyPath<Tally, UInt64> {
        switch self {
        case .wrong: \.wrong
        case .lost: \.lost
        case .late: \.late
        case .duplicate: \.duplicate
        case .unexpected: \.unexpected
        }
    }

    fileprivate var ofSecond: WritableKeyPath<LoadSecond, UInt64> {
        switch self {
        case .wrong: \.wrong
        case .lost: \.lost
        case .late: \.late
        case .duplicate: \.duplicate
        case .unexpected: \.unexpected
        }
    }
}
