import ArgumentParser
import Console
import EventLoop
import Testing

@testable import idload

struct TargetTextTests {
    @Test("L14: targets have protocols and weights")
    func targets() throws {
        let plain = try #require(TargetText("127.0.0.1:2641"))
        #expect(plain.carrier == nil && plain.weight == 1)
        let whole = try #require(TargetText("tcp://[::1]:2641=2.5"))
        #expect(whole.carrier == .tcp && whole.weight == 2.5 && "\(whole.address)" == "[::1]:2641")
        for wrong in ["", "sctp://127.0.0.1:1", "127.0.0.1:0", "127.0.0.1:1=0", "127.0.0.1:1=x", "x=1", "udp://"] {
            #expect(TargetText(wrong) == nil, "\(wrong)")
        }
    }

    @Test("L13: protocols have weights")
    func carriers() throws {
        let both = try #require(TargetText.carriers("udp=3,tcp=1"))
        #expect(both.map(\.carrier) == [.udp, .tcp])
        #expect(both.map(\.weight) == [3, 1])
        for wrong in ["", "udp,udp", "udp=", "sctp", "udp=-1", "udp,"] {
            #expect(TargetText.carriers(wrong) == nil, "\(wrong)")
        }
    }

    @Test("L13: every pair of target and protocol is a channel; a target that names its protocol is one")
    func pairs() throws {
        let arguments = ["127.0.0.1:1", "tcp://127.0.0.1:2=4", "--protocol", "udp=3,tcp=1"]
        let targets = try LoadOptions.parse(arguments).plan().targets
        #expect(targets.map { "\($0)" } == ["udp://127.0.0.1:1", "tcp://127.0.0.1:1", "tcp://127.0.0.1:2"])
        #expect(targets.map(\.weight) == [3, 1, 4])
        let error = #expect(throws: LoadError.self) {
            try LoadOptions.parse(["tcp://127.0.0.1:2", "--protocol", "tcp"]).plan()
        }
        #expect(error?.message.code == "E-LOAD-008")
    }

    @Test(
        "L18: networks of one's own are asked at any rate, others are not",
        arguments: [
            ("10.1.2.3:1", true), ("172.16.0.1:1", true), ("172.32.0.1:1", false), ("192.168.9.9:1", true),
            ("169.254.0.1:1", true), ("192.0.2.1:1", false), ("[fd00::1]:1", true), ("[fe80::1]:1", true),
            ("[2001:db8::1]:1", false), ("[::1]:1", true), ("127.9.9.9:1", true),
        ]
    )
    func ownNetworks(_ text: String, _ isOwn: Bool) throws {
        #expect(try SocketAddress(text: text).isOfOwnNetwork == isOwn)
        let options = try LoadOptions.parse([text, "--rate", "1001"])
        if isOwn {
            #expect(throws: Never.self) { try options.plan() }
        } else {
            let error = #expect(throws: LoadError.self) { try options.plan() }
            #expect(error?.message.code == "E-LOAD-002")
        }
    }

    @Test("L4: threads are as many as the rate needs, or as many as are asked for")
    func threads() throws {
        func count(_ arguments: String...) throws -> Int {
            try LoadOptions.parse(["127.0.0.1:1"] + arguments).plan().threadCount
        }
        #expect(try count() == 1)
        #expect(try count("--rate", "200k") == 1)
        #expect(try count("--rate", "300k") == min(2, HostFacts.ofThisMachine().processorCount))
        #expect(try count("--closed", "64") == 1)
        #expect(try count("--closed", "64", "--threads", "4") == 4)
        let error = #expect(throws: LoadError.self) { try count("--closed", "3", "--threads", "4") }
        #expect(error?.message.code == "E-LOAD-008")
        #expect(throws: LoadError.self) { try count("--threads", "65") }
    }
}
