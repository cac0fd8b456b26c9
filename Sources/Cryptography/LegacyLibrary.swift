internal import COpenSSL

/// A second, private instance of the library that also knows what is no longer safe.
///
/// What is loaded here is never seen by the rest of the program: nothing can come to use DES by naming it to the
/// library's common instance.
///
/// `@unchecked Sendable`: all is set in `init` and only read after; the library locks what it counts behind these
/// pointers.
final class LegacyLibrary: @unchecked Sendable {
    /// Loaded at the first use and kept; a failure is kept as well.
    static let shared: Result<LegacyLibrary, OpenSSLError> = load()

    /// The instance, for functions that take one.
    let instance: OpaquePointer
    let desECB: OpaquePointer
    let desCBC: OpaquePointer
    private let providers: [OpaquePointer]

    static func load(modulesPath: String? = nil) -> Result<LegacyLibrary, OpenSSLError> {
        do throws(OpenSSLError) {
            return .success(try LegacyLibrary(modulesPath: modulesPath))
        } catch {
            return .failure(error)
        }
    }

    /// Loads the modules from `modulesPath`, or from where the library keeps them.
    private init(modulesPath: String?) throws(OpenSSLError) {
        guard let instance = OSSL_LIB_CTX_new() else { throw .drain(during: "OSSL_LIB_CTX_new") }
        var providers: [OpaquePointer] = []
        do throws(OpenSSLError) {
            if let modulesPath { OSSL_PROVIDER_set_default_search_path(instance, modulesPath) }
            for name in ["default", "legacy"] { providers.append(try Self.provider(name, of: instance)) }
            desECB = try Self.cipher("DES-ECB", of: instance)
            desCBC = try Self.cipher("DES-CBC", of: instance)
        } catch {
            Self.close(instance, providers)
            throw error
        }
        self.instance = instance
        self.providers = providers
    }

    deinit {
        EVP_CIPHER_free(desECB)
        EVP_CIPHER_free(desCBC)
        Self.close(instance, providers)
    }

    private static func close(_ instance: OpaquePointer, _ providers: [OpaquePointer]) {
        for provider in providers.reversed() { OSSL_PROVIDER_unload(provider) }
        OSSL_LIB_CTX_free(instance)
    }

    private static func provider(_ name: String, of instance: OpaquePointer) throws(OpenSSLError) -> OpaquePointer {
        guard let provider = OSSL_PROVIDER_load(instance, name) else {
            throw .drain(during: "OSSL_PROVIDER_load", saying: "OpenSSL's \(name) module cannot be loaded")
        }
        return provider
    }

    private static func cipher(_ name: String, of instance: OpaquePointer) throws(OpenSSLError) -> OpaquePointer {
        guard let cipher = EVP_CIPHER_fetch(instance, name, nil) else { throw .drain(during: "EVP_CIPHER_fetch") }
        return cipher
    }
}
