internal import RecordFiles
internal import ResolutionProtocol

extension RecordRow {
    /// The values of the record, as the protocol has them.
    var handleValues: [HandleValue] {
        values.map { value in
            HandleValue(
                index: value.index,
                timestamp: value.timestamp ?? 0,
                ttlType: value.ttlIsAbsolute ? 1 : 0,
                ttl: value.ttl,
                permissions: ValuePermissions(rawValue: value.permissions),
                type: copy(value.type),
                data: copy(value.data),
                references: references[value.references].map {
                    ValueReference(identifier: copy($0.identifier), index: $0.index)
                }
            )
        }
    }
}
