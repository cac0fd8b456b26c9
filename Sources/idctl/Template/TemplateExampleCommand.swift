internal import ArgumentParser
internal import Console

/// `idctl template example`: a template to begin with.
struct TemplateExampleCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "example",
            abstract: Speech.words("Print a template to begin with.", "输出模板示例。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl template example
                  idctl template example > pump.json

                version: names the template within its prefix, and never changes; industryCategory to
                industrySubclass: a class of GB/T 4754-2017, as far down as you like; type: 1 active carrier, 2 other;
                idIndex: the value's index, from 2000; idType: its type; required: whether each identifier has it;
                state: 1 enabled, 0 disabled; minLength and maxLength: characters.
                """,
                """
                示例：
                  idctl template example
                  idctl template example > pump.json

                version：版本号，前缀内唯一且不可变更；industryCategory 至 industrySubclass：GB/T 4754-2017 分类，可只写前几级；
                type：1 主动标识载体，2 其他；idIndex：值的索引，从 2000 起；idType：值的类型；required：是否必填；
                state：1 启用，0 停用；minLength、maxLength：字符数。
                """
            )
        )
    }

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        try session.write(Array((Self.text + "\n").utf8))
        return .done
    }

    /// A template that is valid as it stands.
    static let text = #"""
        {
          "version": "1.0",
          "description": "水泵 / water pump",
          "industryCategory": "C",
          "industrySpecific": "34",
          "industryTrade": "344",
          "industrySubclass": "3441",
          "type": 2,
          "items": [
            {
              "name": "出厂编号 / serial number", "idType": "serial", "idIndex": 2000, "required": true,
              "metadata": {"type": "string", "minLength": 1, "maxLength": 32}
            },
            {
              "name": "生产厂家 / maker", "idType": "maker", "idIndex": 2001, "required": true,
              "metadata": {"type": "string", "minLength": 1, "maxLength": 64}
            },
            {
              "name": "额定功率（kW） / rated power (kW)", "idType": "power", "idIndex": 2002, "required": false
            }
          ]
        }
        """#
}
