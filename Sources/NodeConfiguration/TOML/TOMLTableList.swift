/// The tables under `[[name]]` so far; a class, so that adding one does not copy the others.
final class TOMLTableList {
    var tables: [TOMLTableBuilder] = []
}
