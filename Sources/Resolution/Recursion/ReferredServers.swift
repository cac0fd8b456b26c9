package import ResolutionProtocol

/// Who is asked for an identifier after a referral (operations.md §§1, 15).
package enum ReferredServers {
    /// The servers that the sites in `values` have for `identifier`, primary sites first, with interfaces for
    /// resolution alone, UDP before TCP; `code` is that of the referral.
    package static func servers(
        in values: [HandleValue],
        for identifier: [UInt8],
        code: ResponseCode
    ) -> [SiteServer] {
        let purpose: RouteValues.Purpose = code == .prefixReferral ? .derivedPrefixes : .identifiers
        let sites = RouteValues(values, of: identifier, for: purpose).sites
        let sorted = sites.filter(\.site.isPrimary) + sites.filter { !$0.site.isPrimary }
        return sorted.flatMap { SiteCandidate.candidates(of: $0, for: identifier) }.map(\.server)
    }
}
