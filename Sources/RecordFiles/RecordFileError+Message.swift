import Glibc

extension RecordFileError {
    /// What happened and what to do about it, without the code.
    package func message(_ language: MessageLanguage) -> String {
        language == .english ? english : chinese
    }

    private var english: String {
        switch self {
        case .cannotOpen(let path, let number):
            "cannot open \(Self.shown(path)): \(Self.text(of: number)); check the name and the permissions"
        case .readFailed(let offset, let number): "reading failed after \(offset) bytes: \(Self.text(of: number))"
        case .writeFailed(let number): "writing failed: \(Self.text(of: number)); check the space left"
        case .suspectedGB18030:
            "the file is not UTF-8 and looks like GB18030; if it is, say so: --encoding gb18030"
        case .utf16: "the file is UTF-16; save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE"
        case .noHeader: "the file is empty; its first row must name the columns"
        case .badHeader(let code): "the header is wrong: \(code.message(.english))"
        case .wrongSeparator: "the columns must be separated by commas; save the file with commas"
        case .missingColumn(let name): "the header has no column \(Self.shown(name)); add it"
        case .unknownColumn(let name):
            "the column \(Self.shown(name)) is not known; name it like 1:URL or remove it"
        case .duplicateColumn(let name): "the column \(Self.shown(name)) repeats a name or an index; remove one"
        case .noValueColumns: "the header has no value column; add one such as 1:URL"
        case .unknownFormat(let path):
            "\(Self.shown(path)) has no ending of a format we know (.csv, .jsonl, .txt, .xlsx); name the format"
        case .unrepresentable(let code): "the record cannot be written in this format: \(code.message(.english))"
        case .cannotWrite: "this format can be read only; write CSV, JSON Lines or batch text"
        case .badMapping(row: 0): "the mapping file's first row must be: column,means"
        case .badMapping(let row):
            "row \(row) of the mapping file is wrong: a column's name, once, and what it means, such as 1:URL or -"
        case .notGB18030: "the file is UTF-8, not GB18030; leave out --encoding"
        case .noConverter: "this system cannot convert GB18030; convert the file elsewhere"
        case .spreadsheet(let fault): fault.message(.english)
        }
    }

    private var chinese: String {
        switch self {
        case .cannotOpen(let path, let number):
            "无法打开 \(Self.shown(path))：\(Self.text(of: number))；请检查文件名和权限"
        case .readFailed(let offset, let number): "读取 \(offset) 字节后失败：\(Self.text(of: number))"
        case .writeFailed(let number): "写入失败：\(Self.text(of: number))；请检查剩余空间"
        case .suspectedGB18030: "文件不是 UTF-8，像是 GB18030；若确是，请指明：--encoding gb18030"
        case .utf16: "文件是 UTF-16；请另存为 UTF-8：iconv -f UTF-16 -t UTF-8 文件"
        case .noHeader: "文件为空；第一行必须是列名"
        case .badHeader(let code): "表头有错：\(code.message(.chinese))"
        case .wrongSeparator: "各列必须用逗号分隔；请用逗号另存"
        case .missingColumn(let name): "表头缺少列 \(Self.shown(name))；请补上"
        case .unknownColumn(let name): "没有列 \(Self.shown(name))；请改成 1:URL 的形式或删除"
        case .duplicateColumn(let name): "列 \(Self.shown(name)) 的列名或索引重复；请删除一列"
        case .noValueColumns: "表头没有值列；请加一列，例如 1:URL"
        case .unknownFormat(let path): "\(Self.shown(path)) 的扩展名不是已知格式（.csv、.jsonl、.txt、.xlsx）；请指明格式"
        case .unrepresentable(let code): "该记录无法用此格式写出：\(code.message(.chinese))"
        case .cannotWrite: "此格式只能读取；请写成 CSV、JSON Lines 或批处理文本"
        case .badMapping(row: 0): "映射文件的第一行必须是：column,means"
        case .badMapping(let row): "映射文件第 \(row) 行有误：应为列名（不重复）及其含义，例如 1:URL 或 -"
        case .notGB18030: "文件是 UTF-8，不是 GB18030；请去掉 --encoding"
        case .noConverter: "本系统无法转换 GB18030；请在别处转换文件"
        case .spreadsheet(let fault): fault.message(.chinese)
        }
    }

    private static func shown(_ text: String) -> String {
        Array(text.utf8).withUnsafeBufferPointer { Excerpt.of($0) }
    }

    /// The system's own words.
    private static func text(of number: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress, strerror_r(number, base, buffer.count) == 0 else {
                return "errno \(number)"
            }
            return String(cString: base)
        }
    }
}
