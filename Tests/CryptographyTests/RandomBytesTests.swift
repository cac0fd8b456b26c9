import Cryptography
import Testing

@Suite struct RandomBytesTests {
    @Test(arguments: [0, 1, 16, 1_000])
    func asManyAsAskedFor(_ count: Int) throws {
        #expect(try RandomBytes.make(count: count).count == count)
    }

    @Test func aCountBelowZeroGivesNone() throws {
        #expect(try RandomBytes.make(count: -1).isEmpty)
    }

    @Test func twoDrawsDiffer() throws {
        let first = try RandomBytes.make(count: 16)
        #expect(try RandomBytes.make(count: 16) != first)
    }
}
