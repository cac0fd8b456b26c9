/// The sheets of a workbook, or its relations: elements of one name.
final class WorkbookList: XMLHandler {
    struct Item {
        let id: [UInt8]
        let name: [UInt8]
        let isHidden: Bool
        let type: [UInt8]
        let target: [UInt8]

        func isOfType(_ ending: String) -> Bool {
            type.count >= ending.utf8.count && type.suffix(ending.utf8.count).elementsEqual(ending.utf8)
        }
    }

    private let element: StaticString
    private(set) var items: [Item] = []

    init(element: StaticString) {
        self.element = element
    }

    func begin(_ name: UnsafeBufferPointer<UInt8>, _ attributes: XMLAttributes) throws(RecordFileError) {
        guard name.equals(element) else { return }
        guard items.count < SpreadsheetLimits.listCountMax else { throw .spreadsheet(.tooLarge) }
        let state = attributes["state"]
        items.append(
            Item(
                id: Array(attributes["id"] ?? attributes["Id"] ?? UnsafeBufferPointer(start: nil, count: 0)),
                name: attributes["name"].map { Array($0) } ?? [],
                isHidden: state.map { !$0.equals("visible") } ?? false,
                type: attributes["Type"].map { Array($0) } ?? [],
                target: attributes["Target"].map { Array($0) } ?? []
            )
        )
    }

    func end(_ name: UnsafeBufferPointer<UInt8>) throws(RecordFileError) {}

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(RecordFileError) {}
}
