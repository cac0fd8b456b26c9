import ResolutionProtocol
import Testing

@Suite struct AdminRecordJSONTests {
    private static func permissions(_ json: String) throws -> UInt16 {
        let text =
            #"{"index":1,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"88/1","index":2,"permissions":"#
            + json + "}}}"
        let value = try HandleValue(json: try #require(JSONTree(Array(text.utf8))))
        return try AdminRecord(wire: value.data).permissions
    }

    @Test(
        arguments: [
            (#""111111110011""#, 0x0FF3), (#""*""#, 0x0FFF), ("true", 0x0FFF), ("false", 0), ("4096", 0x1000),
            ("[1,0,0,0,0,0,0,0,0,0,0,0]", 0x0001), (#"[0,false,null,"",0,0,0,0,0,0,"x",true]"#, 0x0C00),
        ] as [(String, UInt16)]
    )
    func permissionsComeInManyForms(_ json: String, _ permissions: UInt16) throws {
        #expect(try Self.permissions(json) == permissions)
    }

    @Test(arguments: [#""11111111001""#, #""11111111001x""#, "-1", "65536", "[1]", "{}", "1.5", #""+11111111111""#])
    func otherPermissionsAreRefused(_ json: String) {
        #expect(throws: JSONFormError.self) { try Self.permissions(json) }
    }
}
