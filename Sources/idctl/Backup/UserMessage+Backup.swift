internal import Console
internal import StorageLMDB

extension CommandFailure {
    /// Why a backup or a restore did not come to its end, and how the program ends.
    init(_ error: BackupError) {
        switch error {
        case .interrupted: self = .interrupted()
        case .store(let error): self.init(UserMessage.store(error))
        case .alreadyExists, .damaged: self.init(.backup(error), exit: .conflict)
        default: self.init(.backup(error))
        }
    }
}

extension UserMessage {
    /// A backup was not made or not restored.
    static func backup(_ error: BackupError) -> UserMessage {
        let messages = error.messages
        return UserMessage(
            code(ofArea: "BACKUP", error.code),
            english: messages.english,
            chinese: messages.chinese
        )
    }

    /// The backup is made, but the node cannot be told of it.
    static func backupNotNoted(_ directory: String) -> UserMessage {
        UserMessage(
            "W-BACKUP-012",
            english: "the backup is made, but the node's directory could not be told of it",
            chinese: "备份已完成，但未能记录到节点目录",
            adviceEnglish: "idctl status shows an older one as the last backup",
            adviceChinese: "idctl status 中显示的最近一次备份将是更早的一次",
            at: MessagePlace(file: directory)
        )
    }
}
