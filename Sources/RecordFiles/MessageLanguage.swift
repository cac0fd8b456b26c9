/// The language a message is wanted in.
package enum MessageLanguage: Sendable {
    /// English.
    case english
    /// 简体中文.
    case chinese
}
