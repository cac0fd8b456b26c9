internal import COpenSSL

/// A curve that keys may be on.
enum Curve: CaseIterable, Sendable {
    case p256
    case p384
    case p521
    case sm2

    /// By the name that the standards give it inside keys.
    init?(_ identifier: ASN1ObjectIdentifier) {
        guard let curve = Self.allCases.first(where: { $0.identifier == identifier }) else { return nil }
        self = curve
    }

    var identifier: ASN1ObjectIdentifier {
        switch self {
        case .p256: .p256
        case .p384: .p384
        case .p521: .p521
        case .sm2: .sm2
        }
    }

    /// The library's name.
    var groupName: String {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        case .sm2: "SM2"
        }
    }

    /// The library's number of the name.
    private var nid: Int32 {
        switch self {
        case .p256: NID_X9_62_prime256v1
        case .p384: NID_secp384r1
        case .p521: NID_secp521r1
        case .sm2: NID_sm2
        }
    }

    var bitCount: Int {
        switch self {
        case .p256, .sm2: 256
        case .p384: 384
        case .p521: 521
        }
    }

    /// Length of a coordinate and of a private number, in bytes.
    var fieldByteCount: Int { (bitCount + 7) / 8 }

    var keyKind: KeyKind { self == .sm2 ? .sm2 : .ec }

    /// Whether `point` has the form of a point that is not the one at infinity: 04 ‖ x ‖ y, or compressed (SEC 1
    /// §2.3.3).
    func hasForm(of point: [UInt8]) -> Bool {
        switch point.first {
        case 2, 3: point.count == 1 + fieldByteCount
        case 4: point.count == 1 + 2 * fieldByteCount
        default: false
        }
    }

    /// The public point of the private number `scalar`, as 04 ‖ x ‖ y.
    ///
    /// Throws `.malformed` when `scalar` is 0 or not below the order of the curve (for SM2: below the order less one,
    /// GB/T 32918.1-2016 §6.1).
    func publicPoint(of scalar: [UInt8]) throws(KeyError) -> [UInt8] {
        guard let group = EC_GROUP_new_by_curve_name(nid) else {
            throw .library(.drain(during: "EC_GROUP_new_by_curve_name"))
        }
        defer { EC_GROUP_free(group) }
        try check(scalar, order: EC_GROUP_get0_order(group))
        let number = try KeyError.wrapping { () throws(OpenSSLError) in try BigNumber(scalar) }
        let point = EC_POINT_new(group)
        defer { EC_POINT_free(point) }
        guard EC_POINT_mul(group, point, number.pointer, nil, nil, nil) == 1 else {
            throw .library(.drain(during: "EC_POINT_mul"))
        }
        let bytes = [UInt8].filled(byteCountMax: 1 + 2 * fieldByteCount) { target, byteCount in
            byteCount == EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, target, byteCount, nil)
        }
        guard let bytes else { throw .library(.drain(during: "EC_POINT_point2oct")) }
        return bytes
    }

    private func check(_ scalar: [UInt8], order: OpaquePointer?) throws(KeyError) {
        guard let copy = BN_dup(order) else { throw .library(.drain(during: "BN_dup")) }
        let bound = BigNumber(owning: copy)
        if self == .sm2 { BN_sub_word(bound.pointer, 1) }
        let number = try KeyError.wrapping { () throws(OpenSSLError) in try BigNumber(scalar) }
        guard !number.isZero, number < bound else { throw .malformed }
    }
}
