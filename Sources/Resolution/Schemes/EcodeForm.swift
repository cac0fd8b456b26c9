/// Ecode (GB/T 31866): version, system number and body in one string. No syntax tells it apart, so that it is one where
/// the asker says so, and never else.
enum EcodeForm {
    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        guard context.settings.codingType == .ecode, case .none = context.wrapper else { return nil }
        return .found(
            RecognisedForm(
                scheme: .ecode,
                canonical: text.bytes,
                route: .ecodePlatform,
                codingType: .ecode,
                notes: [RecognitionNote(.ecodeAsGiven, at: text.place(0))]
            )
        )
    }
}
