import Resolution
import ResolutionProtocol

/// What clients and peers may do to administration, step by step: each step is an octet that says what is done, and
/// what it is done with. A new node for each input.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    let client = FuzzClient(manner: input.uint8())
    var stepCount = 0
    while !input.isAtEnd, stepCount < 24 {
        stepCount += 1
        switch input.below(12) {
        case 0: client.send(input.piece())
        case 1: client.send(input.piece().asMessage)
        case 2, 3, 4: client.ask(&input)
        case 5: client.proveSecret(&input)
        case 6: client.answerChallenge(with: input.piece())
        case 7: client.setUpSession(&input)
        case 8: client.askAsOperator(&input)
        case 9: client.repeatLast()
        case 10: client.node.pass(seconds: UInt64(input.uint8()) * 4)
        default: client.closeConnection()
        }
    }
    client.node.claimAllAnswered()
}
