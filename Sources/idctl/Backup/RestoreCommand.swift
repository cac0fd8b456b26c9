internal import ArgumentParser
internal import Console
internal import EventLoop
internal import StorageLMDB

/// `idctl restore`: a backup in the place of what a data directory holds, or a check of it.
struct RestoreCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore",
            abstract: Speech.words("Restore a backup, or check it.", "恢复或校验备份。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl restore node.backup --data /var/lib/hanjiang
                  idctl restore node.backup --check

                The node must be stopped. The new store is built beside the old one and read again before it replaces
                anything; the old one is kept in the directory unless --replace is given.
                """,
                """
                示例：
                  idctl restore node.backup --data /var/lib/hanjiang
                  idctl restore node.backup --check

                节点必须处于停止状态。新数据先在旁边建立并完整核查，之后才替换；原数据保留在目录中，除非给出 --replace。
                """
            )
        )
    }

    @Argument(help: Speech.help("The backup; - for standard input.", "备份文件；- 表示标准输入。"), completion: .file())
    var file: String

    @Option(
        help: Speech.help("The node's data directory, made if it is missing.", "节点数据目录，不存在则创建。", name: "dir"),
        completion: .directory
    )
    var data: String?

    @Flag(help: Speech.help("Only check the backup.", "只校验备份。"))
    var check = false

    @Flag(help: Speech.help("Remove the old data once the new is in place.", "新数据就位后删除原数据。"))
    var replace = false

    @Flag(help: Speech.help("Do not ask before the old data is set aside.", "移开原数据前不询问。"))
    var yes = false

    @Option(help: Speech.help("With --replace: the directory, in place of typing it.", "与 --replace 同用：目录名，代替键入。"))
    var confirm: String?

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard check == (data != nil) else { return }
        throw ValidationError(Speech.words("give either --data DIR or --check", "请给出 --data 目录 或 --check 之一"))
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        if let data { try agree(on: data, session) }
        let run = RestoreRun(file, session)
        guard let data else {
            try session.conclude(run.words(on: try run.check()), isAllWell: true)
            return .done
        }
        let words = run.words(on: try run.restore(into: data, isReplacing: replace), in: data)
        try session.conclude(words, isAllWell: true)
        return .done
    }

    /// Asks before data that is there goes out of the way (C4): a yes where it is kept, the directory where it is not.
    private func agree(on data: String, _ session: Session) throws(CommandFailure) {
        guard Restore.isOccupied(data) else { return }
        let question =
            replace
            ? session.words("\(data) holds data, which will be removed.", "\(data) 中已有数据，将被删除。")
            : session.words("\(data) holds data, which will be set aside.", "\(data) 中已有数据，将被移开保留。")
        let answered = Question.Answered(isYes: yes, name: confirm, isInputTaken: file == "-")
        try Question.ask(question, before: replace ? .many(name: data) : .one, answered, session)
    }
}
