extension RecognitionNote {
    /// What `description` says, in Chinese.
    package var chineseDescription: String {
        switch kind {
        case .whiteSpace: "去掉首尾空白"
        case .symbology(let mark): "去掉扫码器的码制标记 \(Self.text(mark))"
        case .fullWidth: "全角字符按 ASCII 读取"
        case .suffixFolded: "后缀中的全角字符也按 ASCII 读取；若注册时即为全角，请加 hdl: 查询"
        case .suffixKept: "后缀含全角字符，予以保留：注册时可能就是如此"
        case .handleScheme: "去掉“hdl:”并解码百分号"
        case .webAddress: "从网址中取出并解码百分号"
        case .addressRest: "去掉网址路径之后的部分"
        case .urn: "去掉“urn:oid:”"
        case .braces: "按 ASN.1 记法读取"
        case .takenOutOfDID: "从 DID 中取出"
        case .methodFolded: "DID 的方法名写成小写"
        case .dataIdentifier(let text): "去掉前面的数据标识符 \(Self.text(text))"
        case .separator: "去掉多余的分隔符（FNC1）"
        case .padded: "在前面补零，使 GTIN 为 14 位"
        case .digitalLink: "从 GS1 数字链接中取出"
        case .olderLinkName(let text): "早期数字链接的名称 \(Self.text(text)) 按其编号读取"
        case .fromEPC: "EPC 写成其所代表的 GS1 标识"
        case .defaultPrefix(let prefix): "未给出前缀：在前面加上租户的默认前缀 \(Self.text(prefix))"
        case .prefixNotOID: "是前缀而不是 OID：OID 以 0、1 或 2 开头，且 0 和 1 之下第二段小于 40"
        case .oidNotPrefix: "是 OID 而不是前缀：以 0、1 或 2 开头，且全为数字"
        case .handleNotOID: "含有“/”，是 Handle 标识而不是 OID"
        case .oidNotSystemName: "全为数字且没有“/”，是 OID 而不是 Handle 系统名称"
        case .gtinNotShortCode: "校验位正确，视为 GTIN：没有默认前缀表明它是自有编码"
        case .shortCodeNotGTIN: "校验位也符合 GTIN，但有默认前缀，以默认前缀为准"
        case .shortCodeNotPrefix: "也可能是未知号段的前缀，但有默认前缀，以默认前缀为准"
        case .ecodeAsGiven: "按查询者所说视为 Ecode：仅凭语法无法辨认"
        case .linkType(let type): "所要的链接类型为 \(Self.text(type))"
        case .noKey: "其中没有可供 GS1 解析的主键"
        case .lengthOfBID(let count): "BID 应为 39 至 57 个字符，此处为 \(count) 个"
        case .unknownMethod(let name): "此处不解析方法为 \(Self.text(name)) 的 DID"
        default: chineseFaultDescription
        }
    }

    private var chineseFaultDescription: String {
        switch kind {
        case .empty: "内容为空"
        case .tooLong(let count): "共 \(count) 字节，最多辨认 \(Recognition.byteCountMax) 字节"
        case .noScheme: "不符合任何编码体系：没有“/”，不是带点的数字，也没有默认前缀"
        case .noIdentifier: "加上默认前缀后仍不是标识：过长、不是 UTF-8 或含控制字符"
        case .prefixNotNumber: "“/”之前不以数字开头"
        case .emptySegment: "前缀的两点之间或末尾为空"
        case .nothingInAddress: "网址中没有标识"
        case .nothingInside: "其后没有标识"
        case .nestedTooDeep: "标识嵌套过深"
        case .unknownNamespace(let name): "此处不解析命名空间为 \(Self.text(name)) 的 URN"
        case .arcCount(let count): "OID 应有 2 至 128 段，此处为 \(count) 段"
        case .arcNotNumber: "OID 的每一段是不带前导零、不超过 39 位的数字"
        case .firstArc: "OID 的第一段为 0、1 或 2"
        case .secondArc: "在 0 和 1 之下，OID 的第二段小于 40"
        case .braceNotClosed: "花括号没有闭合"
        case .bracketMissing: "缺少括号内的应用标识符"
        case .unknownElement: "此处不是 GS1 应用标识符"
        case .elementLength(let name): "(\(Self.text(name))) 的数据过短或过长"
        case .elementCharacter(let name): "(\(Self.text(name))) 不接受此字符"
        case .checkDigit(let digit): "校验位错误：应为 \(Self.text([digit]))"
        case .unknownEPC: "没有与此 EPC 对应的 GS1 标识"
        case .badEPC: "EPC 的字段不足，或长度有误"
        case .notOfGivenType(let type): "它不是所说的 \(type.rawValue)"
        default: code
        }
    }
}
