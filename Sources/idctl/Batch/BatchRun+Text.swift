internal import Console

extension BatchRun.Outcome {
    /// Characters of a command that are shown.
    private static let shownScalarCountMax = 200

    /// `line 3: done, 1.2 ms: id get 88.118.8/x`, or with the exit code and what it means.
    func text(_ session: Session) -> String {
        let scalars = ShownWords.line(line.words).unicodeScalars
        let cut = String(String.UnicodeScalarView(scalars.prefix(Self.shownScalarCountMax)))
        let shown = TerminalText.safe(cut) + (scalars.count > Self.shownScalarCountMax ? "…" : "")
        let (code, meaning) = (exit.rawValue, exit.meaning[session.language])
        let outcome = exit == .done ? meaning : session.words("exit code \(code), \(meaning)", "退出码 \(code)，\(meaning)")
        let time = TextCount.duration(elapsed)
        return session.words(
            "line \(line.number): \(outcome), \(time): \(shown)",
            "第 \(line.number) 行：\(outcome)，\(time)：\(shown)"
        )
    }

    /// The same as one line of JSON Lines, with what the command wrote to standard output.
    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("line")
            json.number(line.number)
            json.key("command")
            json.array { json in
                for word in ShownWords.of(line.words) { json.string(word) }
            }
            json.key("exitCode")
            json.number(exit.rawValue)
            json.key("seconds")
            json.number(elapsed / .seconds(1))
            guard let output else { return }
            json.key("output")
            json.string(output.bytes)
            json.key("outputIsCut")
            json.boolean(output.isCut)
        }
        json.endLine()
        return json.take()
    }
}
