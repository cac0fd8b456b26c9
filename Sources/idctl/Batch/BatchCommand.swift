internal import ArgumentParser
internal import Console

/// `idctl batch`: the commands of a script in one process, with one login for each server and identity.
struct BatchCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "batch",
            abstract: Speech.words("Run a script of commands.", "执行命令脚本。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl batch changes.txt --profile plant
                  idctl batch - --keep-going --json <changes.txt

                Each line is a command without “idctl” in front, with words as in a shell: 'single' and "double" quotes,
                \\, and # for a comment. Nobody is asked anything.

                Exit codes: 0 all done; 6 with --keep-going some failed; else that of the command that failed.
                """,
                """
                示例：
                  idctl batch changes.txt --profile plant
                  idctl batch - --keep-going --json <changes.txt

                每行一条命令，不写 idctl；分词同 shell：单引号、双引号、\\，# 起为注释。从不提问。

                退出码：0 全部完成；6 使用 --keep-going 且有失败；否则为失败命令的退出码。
                """
            )
        )
    }

    @Argument(help: Speech.help("The script; - for standard input.", "脚本；- 表示标准输入。"))
    var script: String

    @Flag(help: Speech.help("Go on after a command that fails.", "命令失败后继续。"))
    var keepGoing = false

    @Flag(help: Speech.help("Print a line of JSON for each command, its output in it.", "每条命令输出一行 JSON，其中含命令的输出。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        guard session.batch == nil else { throw CommandFailure(.batchInBatch(), exit: .usage) }
        let bytes = try SmallFile.read(script, byteCountMax: BatchScript.byteCountMax)
        let lines = try BatchScript(bytes, path: script).lines
        // Not before: while a script is typed, Ctrl-C ends the program.
        Interruption.takeOn()
        let isScriptInput = StandardStream.input.isMeant(by: script)
        var run = BatchRun(session: session, keepsGoing: keepGoing, isJSON: json, isScriptInput: isScriptInput)
        let start = ContinuousClock.now
        let exit = try run.run(lines) { outcome throws(CommandFailure) in try tell(of: outcome, session) }
        let left = lines.count - run.doneCount - run.failedCount
        session.note(Self.summary(run, left: left, took: ContinuousClock.now - start, session) + "\n")
        guard exit == .interrupted else { return exit }
        throw .interrupted(resume: left > 0 ? Self.resume(lines[lines.count - left]) : nil)
    }

    private func tell(of outcome: BatchRun.Outcome, _ session: Session) throws(CommandFailure) {
        if json {
            try session.write(outcome.json())
            try session.finish()
        } else if outcome.exit == .done {
            session.note(outcome.text(session) + "\n")
        } else {
            session.tell(.commandFailed(outcome.text(session)))
        }
    }

    private static func resume(_ line: BatchScript.Line) -> LocalizedText {
        LocalizedText(
            english: "the commands from line \(line.number) on have not been run",
            chinese: "第 \(line.number) 行起的命令尚未执行"
        )
    }

    private static func summary(_ run: BatchRun, left: Int, took: Duration, _ session: Session) -> String {
        let (done, failed) = (TextCount.grouped(run.doneCount), TextCount.grouped(run.failedCount))
        let (rest, time) = (TextCount.grouped(left), TextCount.duration(took))
        return session.words(
            "commands done \(done), failed \(failed), not run \(rest), \(time)",
            "命令：完成 \(done)，失败 \(failed)，未执行 \(rest)，用时 \(time)"
        )
    }
}
