internal import Glibc

extension StoreError {
    /// A stable code for messages, logs and documentation.
    public var code: String {
        switch self {
        case .directoryMissing: "STORE-01"
        case .dataFileMissing: "STORE-02"
        case .dataFileEmpty: "STORE-03"
        case .dataFileTruncated: "STORE-04"
        case .notADataFile: "STORE-05"
        case .dataFileDamaged: "STORE-06"
        case .newerFormat: "STORE-07"
        case .wrongOwner: "STORE-08"
        case .wrongPermissions: "STORE-09"
        case .inUse: "STORE-10"
        case .alreadyExists: "STORE-11"
        case .storageFull: "STORE-12"
        case .system: "STORE-13"
        case .lmdb: "STORE-14"
        }
    }

    /// What happened, where, and what to do next, in English and Chinese.
    public var messages: (english: String, chinese: String) {
        switch self {
        case .directoryMissing(let path):
            (
                "\(path): no such data directory. Make one with: idnode init",
                "\(path)：数据目录不存在。请先运行 idnode init 创建。"
            )
        case .dataFileMissing(let path):
            (
                "\(path): the data file is missing; nothing was created. Restore it from a backup, or run idnode init",
                "\(path)：数据文件缺失，未创建任何文件。请从备份恢复，或运行 idnode init 重新开始。"
            )
        case .dataFileEmpty(let path):
            (
                "\(path): the data file is empty. Restore it from a backup.",
                "\(path)：数据文件为空。请从备份恢复。"
            )
        case .notADataFile(let path):
            (
                "\(path): not a data file of this program. Check the path; if it is right, restore from a backup.",
                "\(path)：不是本程序的数据文件。请检查路径；若路径无误，请从备份恢复。"
            )
        case .alreadyExists(let path):
            (
                "\(path): there is a store already; it was not touched. Choose another directory.",
                "\(path)：此处已有数据，未作任何改动。请选择其他目录。"
            )
        case .storageFull(let path):
            (
                "\(path): the disk is full. Free some space, then try again.",
                "\(path)：磁盘空间不足。请释放空间后重试。"
            )
        default: messagesWithFigures
        }
    }

    private var messagesWithFigures: (english: String, chinese: String) {
        switch self {
        case .dataFileTruncated(let path, let expected, let byteCount):
            (
                "\(path): cut short, \(byteCount) bytes where \(expected) are needed. Restore it from a backup.",
                "\(path)：文件被截断，应有 \(expected) 字节，实有 \(byteCount) 字节。请从备份恢复。"
            )
        case .dataFileDamaged(let path, let reason):
            (
                "\(path): damaged inside (\(reason)). Keep a copy of it and restore from a backup.",
                "\(path)：文件内部已损坏（\(reason)）。请先保留副本，再从备份恢复。"
            )
        case .newerFormat(let path, let version, let supported):
            (
                "\(path): format \(version) is newer than this program knows (\(supported)). Use the newer program.",
                "\(path)：格式版本 \(version) 高于本程序支持的版本（\(supported)）。请使用新版程序。"
            )
        case .wrongOwner(let path, let owner, let expected):
            (
                "\(path): belongs to user \(owner), not to user \(expected), who runs this. Run as its owner.",
                "\(path)：属主为用户 \(owner)，而当前用户为 \(expected)。请以文件属主身份运行。"
            )
        case .wrongPermissions(let path, let mode):
            (
                "\(path): permissions \(String(mode, radix: 8)) do not suffice. Set them with: chmod u+rw",
                "\(path)：权限 \(String(mode, radix: 8)) 不足。请运行 chmod u+rw 修正。"
            )
        case .inUse(let path, let pid):
            (
                "\(path): in use by process \(pid). Stop it first, or use the running node.",
                "\(path)：正被进程 \(pid) 使用。请先停止该进程，或直接使用运行中的节点。"
            )
        case .system(let path, let operation, let number):
            (
                "\(path): \(operation) failed: \(LMDBError(code: number).text). Check the disk and the permissions.",
                "\(path)：\(operation) 失败：\(LMDBError(code: number).text)。请检查磁盘与权限。"
            )
        case .lmdb(let path, let operation, let error):
            (
                "\(path): \(operation) failed: \(error.text) (\(error.code)). Check the disk; run idctl verify-db",
                "\(path)：\(operation) 失败：\(error.text)（\(error.code)）。请检查磁盘，并用 idctl verify-db 核查。"
            )
        default: (code, code)
        }
    }
}
