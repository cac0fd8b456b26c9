import Testing

@testable import RecordFiles
