import ResolutionProtocol
import Testing

@Suite struct OpCodeTests {
    @Test func everyOperationOfTheProtocolIsKnownOnce() {
        let codes: [UInt32] = [
            1, 2, 100, 101, 102, 103, 104, 105, 106, 200, 201, 300, 301, 302, 400, 401, 402, 1000, 1001, 1002, 1003,
            2001,
        ]
        #expect(OpCode.all.map(\.rawValue) == codes)
    }

    @Test func UDPCarriesFourOperations() {
        #expect((0...3000).filter { OpCode(rawValue: $0).isCarriedByUDP } == [1, 2, 200, 201])
    }
}
