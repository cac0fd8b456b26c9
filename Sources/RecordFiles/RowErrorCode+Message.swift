extension RowErrorCode {
    /// What happened and what to do about it, in one sentence without place or full stop.
    package func message(_ language: MessageLanguage) -> String {
        language == .english ? english : chinese
    }

    private var english: String {
        switch self {
        case .unclosedQuote: "a quoted cell is not closed; add the missing \""
        case .quoteInUnquotedCell: "a \" inside a cell that is not quoted; quote the cell and double the \""
        case .textAfterClosingQuote: "text after a closing \"; double each \" inside a quoted cell"
        case .wrongColumnCount: "the number of cells differs from the header's; check commas and quotes"
        case .fieldTooLong: "the field is longer than 1 MiB; shorten it, or close an open quote"
        case .recordTooLong: "the record is longer than 8 MiB; split it, or add the missing line end"
        case .nulByte: "the row holds a NUL byte; give binary data as base64"
        case .notUTF8: "the text is not UTF-8; convert it, or give binary data as base64"
        case .missingIdentifier: "there is no identifier; fill it in"
        case .identifierTooLong: "the identifier is longer than 2,048 bytes; shorten it"
        case .identifierIsNumber: "a spreadsheet has turned the identifier into a number; format the column as text"
        case .badIndex: "the index is no number from 1 to 2147483647; correct it"
        case .duplicateIndex: "two values of the record have the same index; give each its own"
        case .missingType: "the value has no type; fill it in, for example URL"
        case .badFormat: "the data format is not string, base64 or hex; give typed data as base64"
        case .badBase64: "the data is not padded standard base64; correct it"
        case .badHexadecimal: "the data is not an even number of hexadecimal digits; correct it"
        case .badTTL: "the ttl is neither seconds nor a UTC time like 2030-01-01T00:00:00Z; correct it"
        case .badPermissions: "the permissions are not four digits 0 or 1, for example 1110; correct them"
        case .badTimestamp: "the timestamp is no UTC time like 2021-01-14T08:25:36Z up to 2038; correct it"
        case .badReferences: "the references are no list of {\"handle\",\"index\"}; correct them"
        case .noValues: "the row has an identifier and no value; fill in a value or remove the row"
        case .badJSON: "the line is not one complete JSON object; correct it at the place named"
        case .badEscape: "a JSON escape stands for no character; write the character itself"
        case .nestedTooDeep: "the JSON is nested deeper than 32 levels; flatten it"
        case .duplicateMember: "the JSON member is given twice; remove one"
        case .unknownMember: "this member is not known; check its spelling or remove it"
        case .wrongKind: "the JSON member is of the wrong kind (text, number, list); correct it"
        case .missingMember: "a required part is missing; add it"
        case .partOfRejectedRecord: "another row of this identifier is wrong; correct that one, import both"
        }
    }

    private var chinese: String {
        switch self {
        case .unclosedQuote: "引号单元格没有结束；请补上缺少的 \""
        case .quoteInUnquotedCell: "未加引号的单元格中有 \"；请给单元格加引号并将其中的 \" 写两遍"
        case .textAfterClosingQuote: "结束引号之后还有文字；单元格内的每个 \" 请写两遍"
        case .wrongColumnCount: "单元格数与表头不同；请检查逗号和引号"
        case .fieldTooLong: "字段超过 1 MiB；请缩短，或补上未结束的引号"
        case .recordTooLong: "记录超过 8 MiB；请拆分，或补上缺少的换行"
        case .nulByte: "行中有 NUL 字节；二进制数据请用 base64"
        case .notUTF8: "文字不是 UTF-8；请转换编码，二进制数据请用 base64"
        case .missingIdentifier: "缺少标识；请填写"
        case .identifierTooLong: "标识超过 2048 字节；请缩短"
        case .identifierIsNumber: "电子表格已把标识改成数字；请将该列设为文本格式"
        case .badIndex: "索引不是 1 到 2147483647 的数字；请改正"
        case .duplicateIndex: "同一记录的两个值索引相同；请各用一个索引"
        case .missingType: "值没有类型；请填写，例如 URL"
        case .badFormat: "数据格式不是 string、base64 或 hex；有结构的数据请用 base64"
        case .badBase64: "数据不是带填充的标准 base64；请改正"
        case .badHexadecimal: "数据不是偶数个十六进制数字；请改正"
        case .badTTL: "ttl 既不是秒数，也不是 2030-01-01T00:00:00Z 形式的 UTC 时间；请改正"
        case .badPermissions: "权限不是四位 0 或 1，例如 1110；请改正"
        case .badTimestamp: "时间戳不是 2021-01-14T08:25:36Z 形式、2038 年以前的 UTC 时间；请改正"
        case .badReferences: "引用不是 {\"handle\",\"index\"} 的列表；请改正"
        case .noValues: "该行只有标识而没有值；请填写一个值或删除该行"
        case .badJSON: "该行不是一个完整的 JSON 对象；请在所示位置改正"
        case .badEscape: "JSON 转义不代表任何字符；请直接写该字符"
        case .nestedTooDeep: "JSON 嵌套超过 32 层；请减少层数"
        case .duplicateMember: "JSON 成员出现两次；请删除一个"
        case .unknownMember: "没有这个成员；请检查拼写或删除"
        case .wrongKind: "JSON 成员的种类不对（文字、数字、列表）；请改正"
        case .missingMember: "缺少必需的部分；请补上"
        case .partOfRejectedRecord: "该标识的另一行有错；请改正那一行，两行一起导入"
        }
    }
}
