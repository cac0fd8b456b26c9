internal import Console
internal import Resolution

/// What a text was recognised as, as facts to tell.
struct RecognitionFacts {
    let recognition: Recognition
    /// The domain under which OIDs lie.
    let oidRoot: String
    /// Whether a server of the Handle protocol is asked for what others resolve.
    let asksAsItStands: Bool

    /// In order: the scheme, what was read and decided, the one form, who resolves it.
    var all: [ExplainedFact] {
        var facts = [ExplainedFact("scheme", "scheme", "编码体系", schemeText)]
        if !recognition.changes.isEmpty || recognition.canonical != recognition.typed {
            facts.append(ExplainedFact("typed", "typed", "输入", TerminalText.safe(recognition.typed)))
        }
        for key in ["read", "decided", "note"] {
            for note in recognition.notes where note.heading.key == key {
                facts.append(ExplainedFact(key, note.heading.name.english, note.heading.name.chinese, note.fullText))
            }
        }
        if recognition.canonical != recognition.typed {
            facts.append(ExplainedFact("canonical", "looked up", "查询", TerminalText.safe(recognition.canonical)))
        }
        for other in recognition.alternatives {
            facts.append(ExplainedFact("alternative", "or else", "也可能是", TerminalText.safe(other)))
        }
        facts.append(ExplainedFact("route", "resolved by", "解析者", recognition.route.text(oidRoot: oidRoot)))
        return facts
    }

    private var schemeText: LocalizedText {
        let text = recognition.scheme.text
        guard asksAsItStands, !recognition.scheme.isOfHandleProtocol else { return text }
        return LocalizedText(
            english: text.english + "; asked for as it stands, as a prefix's name",
            chinese: text.chinese + "；此处按原样作为前缀名查询"
        )
    }
}
