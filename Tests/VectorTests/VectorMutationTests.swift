import Testing
import VectorFiles

/// A check that cannot fail is worth nothing: each vector made wrong must be reported.
@Suite struct VectorMutationTests {
    @Test(arguments: VectorCategories.all.map(\.name))
    func everyFlippedByteIsReported(_ name: String) throws {
        let category = try #require(VectorCategories.all.first { $0.name == name })
        var count = 0
        for vector in try Self.vectors(of: name) {
            for mutant in VectorMutation.flippedBytes(of: vector, step: Self.step(vector)) {
                count += 1
                #expect(!VectorReport.differences(in: mutant, category: category).isEmpty, "\(vector.name)")
            }
        }
        #expect(count > 0 || name == "hashing", "a category with bytes has bytes to flip")
    }

    @Test(arguments: VectorCategories.all.map(\.name))
    func everyChangedFieldIsReported(_ name: String) throws {
        let category = try #require(VectorCategories.all.first { $0.name == name })
        var count = 0
        for vector in try Self.vectors(of: name) {
            #expect(VectorReport.differences(in: vector, category: category).isEmpty)
            let changes = VectorMutation.changedFields(of: vector)
            // The long lists repeat themselves: a stride through them is enough.
            for position in stride(from: 0, to: changes.count, by: 1 + changes.count / 16) {
                count += 1
                let (path, mutant) = changes[position]
                #expect(
                    !VectorReport.differences(in: mutant, category: category).isEmpty,
                    "\(vector.name): \(path)"
                )
            }
        }
        #expect(count > 0)
    }

    @Test(arguments: VectorCategories.all.map(\.name))
    func anUnknownKindIsReported(_ name: String) throws {
        let category = try #require(VectorCategories.all.first { $0.name == name })
        let stranger = try #require(
            Vector(.object(["name": .string("x-1"), "kind": .string("no-such-kind"), "fields": .object([:])]))
        )
        #expect(VectorReport.differences(in: stranger, category: category) == ["kind no-such-kind is not known"])
    }

    @Test(arguments: VectorCategories.all.map(\.name))
    func aVectorWithoutContentIsReportedAndNoCrash(_ name: String) throws {
        let category = try #require(VectorCategories.all.first { $0.name == name })
        for kind in category.kinds.sorted() {
            for fields in [JSONValue.object([:]), .object(["envelope": .integer(1), "body": .string("")])] {
                let vector = try #require(
                    Vector(.object(["name": .string("x-1"), "kind": .string(kind), "fields": fields]))
                )
                #expect(!VectorReport.differences(in: vector, category: category).isEmpty, "\(kind)")
            }
        }
    }

    private static func step(_ vector: Vector) -> Int {
        guard case .string(let text)? = vector.members["hex"] else { return 1 }
        return 1 + text.utf8.count / 2 / 10
    }

    private static func vectors(of name: String) throws -> [Vector] {
        let files = try VectorFolder.files(in: VectorFolder.copiesPath)
        let file = try #require(files.compactMap { try? $0.get() }.first { $0.category == name })
        return try file.vectors.map { try $0.get() }
    }
}
