import EventLoop
import Glibc
import Resolution
import ResolutionProtocol
import Synchronization
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// What administration holds for its askers is bounded over all (reliability case R9).
    @Suite struct InFlightBytesTests {
        @Test func R9ManyLargeRequestsAtOnceAreBoundedAndTheRestIsToldBusy() throws {
            let administration = SlowAdministration(byteCountMax: 2 << 20)
            let node = try SampleNode(administration: administration)
            defer { node.stop() }
            let clients = try (0..<12).map { _ in try ClientSocket(node.address, isTCP: true) }
            for client in clients { client.send(SlowAdministration.request(7, byteCount: 250_000)) }
            eventually("each is taken or refused") {
                administration.waitingCount + Int(node.value(.answersBusy)) == clients.count
            }
            let takenCount = administration.waitingCount
            #expect((1..<clients.count).contains(takenCount) && administration.inFlight.byteCount <= 2 << 20)
            let honest = try ClientSocket(node.address, isTCP: true)
            try Asking.check(honest.ask(Asking.item(1)), item: 1)

            administration.answer(byteCount: 1_000)
            var codes: [ResponseCode: Int] = [:]
            for client in clients {
                let answer = try #require(client.receiveMessage())
                let header = answer.dropFirst(Envelope.byteCount).prefix(Header.byteCount)
                #expect(try Envelope(wire: Array(answer.prefix(Envelope.byteCount))).requestID == 7)
                codes[try Header(wire: Array(header)).responseCode, default: 0] += 1
            }
            #expect(codes == [.success: takenCount, .serverBusy: clients.count - takenCount])
            eventually("nothing is held") { administration.inFlight.byteCount == 0 }
        }

        @Test func R9AnswersCountUntilTheirWorkerHasThem() throws {
            let administration = SlowAdministration(byteCountMax: 300_000)
            let (begun, end) = (Gate(), Gate())
            let node = try SampleNode(
                administration: administration,
                willLookUp: {
                    guard end.isArmed else { return }
                    begun.open()
                    end.wait()
                }
            )
            defer { node.stop() }
            let clients = try (0..<4).map { _ in try ClientSocket(node.address, isTCP: true) }
            for client in clients { client.send(SlowAdministration.request(9, byteCount: 100)) }
            eventually("they wait") { administration.waitingCount == clients.count }
            // The worker is kept from taking answers.
            end.arm()
            let blocker = try ClientSocket(node.address, isTCP: true)
            blocker.send(Asking.item(3))
            begun.wait()
            administration.answer(byteCount: 100_000)
            #expect((100_000...300_000).contains(administration.inFlight.byteCount))
            end.open()
            let answered = clients.filter { $0.receiveMessage() != nil }.count
            #expect((1..<clients.count).contains(answered))
            #expect(Int(node.value(.connectionsClosedForRoom)) == clients.count - answered)
            eventually("nothing is held") { administration.inFlight.byteCount == 0 }
        }

        @Test func whatIsAloneHasRoomAndAnotherBoundHoldsAtOnce() throws {
            let bytes = InFlightBytes(byteCountMax: 10)
            let peer = AdministrationPeer(
                source: QuerySource(high: 0, low: 0, prefixLength: 128),
                port: 0,
                origin: .external
            )
            let time = BatchTime(unixSeconds: 0, nanoseconds: 0)
            let request = AdministrationRequest(bytes: [1, 2, 3], peer: peer, received: time) { _ in }
            var first = bytes.admit(request)
            #expect(first != nil && bytes.byteCount == 518 && bytes.admit(request) == nil)
            bytes.settle(byteCountMax: 1_036)
            var second = bytes.admit(request)
            #expect(second != nil && bytes.byteCount == 1_036)
            (first, second) = (nil, nil)
            #expect(first == nil && second == nil && bytes.byteCount == 0)
        }
    }
}

/// Lets one thread wait for another, once it has been armed or opened.
private final class Gate: Sendable {
    private let state = Mutex((isArmed: false, isOpen: false))

    var isArmed: Bool { state.withLock { $0.isArmed } }

    func arm() { state.withLock { $0.isArmed = true } }

    func open() { state.withLock { $0 = (false, true) } }

    func wait() { eventually("the gate opens") { state.withLock { $0.isOpen } } }
}
