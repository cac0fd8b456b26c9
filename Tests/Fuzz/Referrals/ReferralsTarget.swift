import Resolution
import ResolutionProtocol

/// Some questions, one after the other, to other nodes that answer as the input says: with values of any bytes,
/// referrals, refusals, or silence. What was learnt of one is there for the next.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    var run = RecursionSample(manner: input.uint8())
    var questionCount = 0
    repeat {
        questionCount += 1
        run.ask(&input)
    } while !input.isAtEnd && questionCount < 12
}
