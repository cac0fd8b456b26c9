internal import Console
internal import ResolutionProtocol

/// How one value differs between two times.
enum ValueDifference: Equatable {
    case added(HandleValue)
    case removed(HandleValue)
    case changed(from: HandleValue, to: HandleValue)

    /// The differences by index: values are the same where every field is, time stamp included.
    static func between(_ old: [HandleValue], _ new: [HandleValue]) -> [ValueDifference] {
        var left = Dictionary(new.map { ($0.index, $0) }) { first, _ in first }
        var differences: [ValueDifference] = []
        for value in old {
            guard let other = left.removeValue(forKey: value.index) else {
                differences.append(.removed(value))
                continue
            }
            if value != other { differences.append(.changed(from: value, to: other)) }
        }
        differences += left.values.map { .added($0) }
        return differences.sorted { $0.index < $1.index }
    }

    /// The index of the value.
    var index: UInt32 {
        switch self {
        case .added(let value), .removed(let value), .changed(let value, _): value.index
        }
    }

    /// The table of `differences`; a changed value has two rows.
    static func lines(_ differences: [ValueDifference], language: Language) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
        var table = Table([Table.Column(words("difference", "差异"))] + ShownValue.columns(language: language))
        func add(_ word: String, _ value: HandleValue) {
            table.add([word] + ShownValue.cells(value, language: language))
        }
        for difference in differences {
            switch difference {
            case .added(let value): add(words("added", "新增"), value)
            case .removed(let value): add(words("removed", "删除"), value)
            case .changed(let old, let new):
                add(words("changed from", "变更前"), old)
                add(words("changed to", "变更后"), new)
            }
        }
        return table.lines()
    }

    /// Writes `{"index":…,"difference":…,"before":…,"after":…}`.
    func write(to json: inout JSONText) {
        let (word, before, after): (String, HandleValue?, HandleValue?) =
            switch self {
            case .added(let value): ("added", nil, value)
            case .removed(let value): ("removed", value, nil)
            case .changed(let old, let new): ("changed", old, new)
            }
        json.object { json in
            json.key("index")
            json.number(index)
            json.key("difference")
            json.string(word)
            for (key, value) in [("before", before), ("after", after)] {
                json.key(key)
                if let value { json.tree(ShownValue.json(value)) } else { json.null() }
            }
        }
    }
}
