import Testing

/// All of them one after the other: several count the descriptors or the memory of the process.
@Suite(.serialized) enum TransportTests {}
