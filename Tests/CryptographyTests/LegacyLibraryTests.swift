import Testing

@testable import Cryptography

@Suite struct LegacyLibraryTests {
    @Test func aMissingModuleIsNamed() {
        let loaded = LegacyLibrary.load(modulesPath: "no-such-folder")
        #expect { try loaded.get() } throws: { error in
            guard let error = error as? OpenSSLError else { return false }
            return error.function == "OSSL_PROVIDER_load"
                && error.text.hasPrefix("OpenSSL's legacy module cannot be loaded")
        }
    }

    @Test func theModuleIsLoadedOnce() throws {
        #expect(try LegacyLibrary.shared.get() === LegacyLibrary.shared.get())
    }
}
