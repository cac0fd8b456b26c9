internal import Console
internal import Resolution
internal import ResolutionProtocol

/// What templates say of values and of each other, in both languages.
enum TemplateWording {
    static func text(_ violation: TemplateViolation) -> LocalizedText {
        LocalizedText(english: TerminalText.safe(violation.text), chinese: chinese(violation))
    }

    private static func chinese(_ violation: TemplateViolation) -> String {
        switch violation {
        case .missing(let index, let type): "缺少必填的值 \(index)（\(TerminalText.safe(type))）"
        case .unknownIndex(let index): "模板中没有索引 \(index)"
        case .otherType(let index, let expected, let found):
            "值 \(index) 的类型应为 \(TerminalText.safe(expected))，而不是 \(TerminalText.safe(found))"
        case .disabled(let index, let type): "项 \(index)（\(TerminalText.safe(type))）已停用"
        case .notText(let index): "值 \(index) 不是 UTF-8 文本"
        case .length(let index, let count, let allowed):
            "值 \(index) 有 \(count) 个字符，应为 \(allowed.lowerBound) 至 \(allowed.upperBound) 个"
        }
    }

    static func text(_ fault: TemplateEvolutionFault) -> LocalizedText {
        let chinese =
            switch fault {
            case .otherVersion: "模板的版本号不可变更；请登记新模板"
            case .removed(let index, let type): "项 \(index)（\(TerminalText.safe(type))）可停用，不可删除"
            case .retyped(let index, let old, let new):
                "项 \(index) 的类型固定为 \(TerminalText.safe(old))，不可改为 \(TerminalText.safe(new))"
            }
        return LocalizedText(english: TerminalText.safe(fault.text), chinese: chinese)
    }

    static func text(_ error: TemplateError) -> LocalizedText {
        let what =
            switch error.reason {
            case .notJSON: "不是 JSON 对象"
            case .tooLong: "超过 \(DataTemplate.byteCountMax) 字节"
            case .missing: "缺失"
            case .wrongKind: "的 JSON 类型不对"
            case .unknown: "不是模板的成员"
            case .badText: "为空、过长或含不允许的字符"
            case .outOfRange(.numbers(let range)): "取值应为 \(range.lowerBound) 至 \(range.upperBound)"
            case .outOfRange(.words(let words)): "取值应为 \(words.joined(separator: " 或 "))"
            case .outOfRange(.items(let range)): "应有 \(range.lowerBound) 至 \(range.upperBound) 项"
            case .notACategory: "不是上一级之下的 GB/T 4754-2017 分类"
            case .repeated: "重复出现，或与前面的项重复"
            case .otherPrefix: "不是模板标识的前缀"
            }
        let place = error.path.isEmpty ? "模板" : "模板的 \(TerminalText.safe(error.path)) "
        return LocalizedText(english: TerminalText.safe(error.text), chinese: place + what)
    }

    static func text(_ refusal: TemplateRefusal) -> LocalizedText {
        let chinese =
            switch refusal {
            case .reserved(ReservedValues.identifierIndex): "索引 1000 为保留索引：只能是指明模板的 TEMPLATE_ID 值"
            case .reserved: "索引 1001 为保留索引：由节点写入模板版本号"
            case .removesReserved(let index): "值 \(index) 指明所属模板，不可删除"
            case .noTemplate(let name): "没有模板 \(TerminalText.safe(name))"
            case .unreadable(let reason): "无法读取模板：\(reason)"
            case .withdrawn(let name): "模板 \(TerminalText.safe(name)) 已撤回"
            case .violations(let violations, let version):
                "模板 \(TerminalText.safe(version))：" + shown(violations)
            case .notATemplate(let error): text(error).chinese
            case .secondTemplate: "一条记录只能有一个 HJ_TEMPLATE 值"
            case .otherIdentifier(let name, let version):
                "版本 \(TerminalText.safe(version)) 的模板的标识应为 \(TerminalText.safe(name))"
            case .evolution(let fault): text(fault).chinese
            case .published: "模板为已发布状态；请先撤回再删除"
            case .tooManyTemplates: "此文件中的模板过多；请分批导入"
            }
        return LocalizedText(english: TerminalText.safe(refusal.text), chinese: chinese)
    }

    private static func shown(_ violations: [TemplateViolation]) -> String {
        let few = violations.prefix(TemplateRefusal.shownCount).map(chinese).joined(separator: "；")
        let rest = violations.count - TemplateRefusal.shownCount
        return rest > 0 ? few + "；另有 \(rest) 处" : few
    }
}
