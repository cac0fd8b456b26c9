/// What a run counted at one target through one protocol.
struct ChannelResult: Sendable {
    let target: LoadTarget
    var tally: Tally
}
