import ResolutionProtocol

/// Messages as a hostile name server could send them: the question is ours, or anything.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    guard let labels = DomainName.labels(Array("3088.156.2.1.oid-res.org".utf8)) else { return }
    let name = labels + [0]
    let query = DomainQuery.message(about: name, type: DomainQuery.namingAuthorityPointer)
    let isWhole = input.uint8() & 1 != 0
    let head: [UInt8] = [0, 7, 0x80 | input.uint8(), input.uint8(), 0, 1, 0, input.uint8(), 0, 0, 0, 0]
    let message = isWhole ? input.remainder() : head + query[10..<(query.count - 11)] + input.remainder()
    guard let answer = try? DomainAnswer(message, to: query, id: 7) else { return }
    claim(answer.code < 16, "a code of more than four bits")
    claim(answer.records.count * 11 <= message.count, "records that are not there")
    for (pointer, _) in answer.pointers(of: name) {
        claim(pointer.replacement.count <= DomainName.byteCountMax, "a name too long")
        claim(pointer.replacement.last == 0, "a name without its root")
        claim((pointer.information?.count ?? 0) <= pointer.regularExpression.count, "more than the rule has")
        claim(!DomainName.text(of: pointer.replacement).isEmpty || pointer.replacement == [0], "a name without text")
    }
}
