/// A setting that is one of a few words; the raw value is the word in the file.
protocol SettingChoice: Sendable, Equatable, CaseIterable, RawRepresentable where RawValue == String {}
