import VectorFiles

/// What became of the vectors of a folder.
struct VectorReport {
    private(set) var passedCount = 0
    private(set) var skippedCount = 0
    /// One line per failed vector or file.
    private(set) var failures: [String] = []
    /// One line per file of a category that is not known.
    private(set) var remarks: [String] = []

    /// Judges every vector of `files`.
    init(of files: [Result<VectorFile, VectorFileError>]) {
        for file in files {
            switch file {
            case .success(let file): add(file)
            case .failure(let error): failures.append("\(error.file): the file \(error.reason)")
            }
        }
    }

    /// Everything that is printed; the summary is the last line.
    var lines: [String] {
        remarks + failures.map { "failed: \($0)" } + [
            "vectors: \(passedCount) passed, \(failures.count) failed, \(skippedCount) skipped"
        ]
    }

    private mutating func add(_ file: VectorFile) {
        guard let category = VectorCategories.all.first(where: { $0.name == file.category }) else {
            skippedCount += file.items.count
            if !VectorCategories.waiting.contains(file.category) {
                remarks.append("skipped: \(file.name): unknown category \(file.category), \(file.items.count) vectors")
            }
            return
        }
        for vector in file.vectors {
            switch vector {
            case .success(let vector): add(vector, of: file, category: category)
            case .failure(let error): failures.append("\(file.name): \(error.vector): \(error.reason)")
            }
        }
    }

    private mutating func add(_ vector: Vector, of file: VectorFile, category: some VectorCategory) {
        let differences = Self.differences(in: vector, category: category)
        if differences.isEmpty {
            passedCount += 1
        } else {
            failures.append("\(file.name): \(vector.name): \(differences.joined(separator: "; "))")
        }
    }

    /// What is wrong with our reading and writing of `vector`; whatever is thrown is wrong too.
    static func differences(in vector: Vector, category: some VectorCategory) -> [String] {
        guard category.kinds.contains(vector.kind) else { return ["kind \(vector.kind) is not known"] }
        do {
            return try category.differences(in: vector)
        } catch {
            return ["cannot be judged: \(error)"]
        }
    }
}
