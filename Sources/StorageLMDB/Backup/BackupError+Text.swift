extension BackupError {
    /// A stable code for messages, logs and documentation; the store's own where the store is the matter.
    public var code: String {
        switch self {
        case .store(let error): error.code
        case .alreadyExists: "BACKUP-01"
        case .noRoom: "BACKUP-02"
        case .system: "BACKUP-03"
        case .damaged: "BACKUP-04"
        case .logHasGap: "BACKUP-05"
        case .interrupted: "BACKUP-06"
        case .notABackup: "BACKUP-07"
        case .newerFormat: "BACKUP-08"
        case .cutShort: "BACKUP-09"
        case .damagedBlock: "BACKUP-10"
        case .disagrees: "BACKUP-11"
        }
    }

    /// What happened, where, and what to do next, in English and Chinese.
    public var messages: (english: String, chinese: String) {
        switch self {
        case .store(let error): error.messages
        case .alreadyExists(let path):
            (
                "\(path): there is a file of this name; it was not touched. Choose another name.",
                "\(path)：同名文件已存在，未作改动。请换一个文件名。"
            )
        case .noRoom(let path):
            (
                "\(path): the disk is full; nothing was left behind. Free some space or choose another disk.",
                "\(path)：磁盘空间不足，未留下任何文件。请释放空间或改用其他磁盘。"
            )
        case .system(let path, let operation, let number):
            (
                "\(path): \(operation) failed: \(LMDBError(code: number).text). Check the path and the permissions.",
                "\(path)：\(operation) 失败：\(LMDBError(code: number).text)。请检查路径与权限。"
            )
        case .interrupted: ("interrupted; nothing was left behind", "已中断，未留下任何文件")
        default: messagesOfContents
        }
    }

    private var messagesOfContents: (english: String, chinese: String) {
        switch self {
        case .damaged(let report):
            (
                "no backup was made: stored data is damaged (key \(report.keyHex)). Run idctl verify-db; restore an "
                    + "earlier backup, or keep what can be read with idctl export.",
                "未生成备份：已存数据有损坏（键 \(report.keyHex)）。请运行 idctl verify-db；可恢复较早的备份，或用 idctl export 保存可读部分。"
            )
        case .logHasGap(let sequence):
            (
                "no backup was made: the change log was trimmed behind change \(sequence) meanwhile. Try again.",
                "未生成备份：变更日志在第 \(sequence) 号变更之后被裁剪。请重试。"
            )
        case .notABackup(let path):
            ("\(path): not a backup of this program. Check the name.", "\(path)：不是本程序的备份文件。请检查文件名。")
        case .newerFormat(let path, let version, let supported):
            (
                "\(path): format \(version) is newer than this program knows (\(supported)). Use the newer program.",
                "\(path)：格式版本 \(version) 高于本程序支持的版本（\(supported)）。请使用新版程序。"
            )
        case .cutShort(let path, let byteCount):
            (
                "\(path): cut short after \(byteCount) bytes. Use another copy of it, or an earlier backup.",
                "\(path)：文件在 \(byteCount) 字节处中断。请改用其他副本或较早的备份。"
            )
        case .damagedBlock(let path, let offset):
            (
                "\(path): damaged at byte \(offset). Use another copy of it, or an earlier backup.",
                "\(path)：在第 \(offset) 字节处损坏。请改用其他副本或较早的备份。"
            )
        case .disagrees(let path, let reason):
            (
                "\(path): does not hold what it says (\(reason)). Use an earlier backup.",
                "\(path)：内容与其自述不符（\(reason)）。请改用较早的备份。"
            )
        default: (code, code)
        }
    }
}
