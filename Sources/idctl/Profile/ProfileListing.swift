internal import Console
internal import NodeConfiguration

/// A profile as JSON.
enum ProfileListing {
    /// Writes it; paths as they stand in the file.
    static func write(_ profile: Profile, isUsed: Bool, to json: inout JSONText) {
        json.object { json in
            json.key("profile")
            json.string(profile.name)
            json.key("used")
            json.boolean(isUsed)
            json.key("settings")
            json.object { json in
                for setting in ProfileSetting.allCases {
                    guard let entry = profile.entries[setting] else { continue }
                    json.key(setting.rawValue)
                    json.string(entry.text)
                }
            }
        }
    }
}
