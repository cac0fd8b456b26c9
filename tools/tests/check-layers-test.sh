#!/bin/sh
# tools/check-layers must be able to fail: small packages, each with one forbidden thing.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tools/tests/expectations.sh
. "$here/expectations.sh"

# target KIND NAME "DEPENDENCY, …": a line of the manifest; `package` makes the package out of such lines.
target() { printf '        .%s(name: "%s", dependencies: [%s]),\n' "$1" "$2" "${3:-}"; }
library() { printf '        .systemLibrary(name: "%s"),\n' "$1"; }

package() {  # from standard input, into $fixture
    mkdir -p "$fixture/Sources"
    {
        printf '// swift-tools-version: 6.2\nimport PackageDescription\nlet package = Package(\n    name: "fixture",\n'
        printf '    dependencies: [.package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0")],\n    targets: [\n'
        cat
        printf '    ]\n)\n'
    } >"$fixture/Package.swift"
}

# source TARGET LINE…: one Swift file of those lines.
source_file() {
    mkdir -p "$fixture/Sources/$1"
    file=$fixture/Sources/$1/File.swift
    shift
    printf '%s\n' "$@" >"$file"
}

sound() {
    fixture=$scratch/$1
    {
        library CLMDB
        target target ResolutionProtocol
        target target NodeConfiguration '.product(name: "TOMLKit", package: "TOMLKit")'
        target target Resolution '"ResolutionProtocol"'
        target target StorageLMDB '"Resolution", "ResolutionProtocol", "CLMDB"'
        target executableTarget idctl '"StorageLMDB", "NodeConfiguration"'
    } | package
    mkdir -p "$fixture/Sources/CLMDB"
    source_file ResolutionProtocol 'import Glibc' 'import Synchronization'
    source_file NodeConfiguration 'internal import TOMLKit'
    source_file Resolution 'public import ResolutionProtocol' '// import Foundation' 'let text = "; import Dispatch"'
    source_file StorageLMDB 'package import Resolution' '@preconcurrency import CLMDB' 'import struct Foundation.Date'
    source_file idctl '@testable import StorageLMDB' 'import Dispatch' '#if canImport(Foo)' '#endif'
}

layers() { "$here/../check-layers" "$fixture"; }

sound sound
expect_exit 0 "a sound package passes" layers
expect_silent "a sound package is silent"

sound upward-import
source_file ResolutionProtocol 'import Resolution'
expect_exit 1 "an upward import fails" layers
expect_says "an upward import is named" \
    "Sources/ResolutionProtocol/File.swift:1: layer: ResolutionProtocol (row 1) imports Resolution (row 3)"

sound same-row-import
source_file NodeConfiguration '@testable import ResolutionProtocol'
expect_exit 1 "an import within a row fails" layers
expect_says "an import within a row is named" "NodeConfiguration (row 1) imports ResolutionProtocol (row 1)"

sound undeclared-import
source_file idctl 'import ResolutionProtocol'
expect_exit 1 "an import that is only reachable through another target fails" layers
expect_says "an undeclared import is named" "idctl imports ResolutionProtocol without depending on it directly"

sound undeclared-product
source_file idctl 'import TOMLKit'
expect_exit 1 "a product that only another target declares fails" layers
expect_says "an undeclared product is named" "idctl imports TOMLKit without depending on it directly"

for spelling in 'import Foundation' 'public import Dispatch' 'import struct Foundation.Data' \
    'let a = 1; import Foundation'; do
    rm -rf "$scratch/foundation"
    sound foundation
    source_file ResolutionProtocol "$spelling"
    expect_exit 1 "'$spelling' in row 1 fails" layers
    expect_says "'$spelling' in row 1 is named" "only rows 4 and 5 may"
done

sound exported-import
source_file StorageLMDB '@_exported import Resolution' 'import CLMDB'
expect_exit 1 "a re-exported import fails" layers
expect_says "a re-exported import is named" "exported-import"

sound second-importer
sed -i 's/name: "idctl", dependencies: \[/&"CLMDB", /' "$fixture/Package.swift"
source_file idctl 'import StorageLMDB' 'import CLMDB'
expect_exit 1 "a second importer of a C module fails" layers
expect_says "both importers are named" "CLMDB must have exactly one importer and has: StorageLMDB, idctl"

sound no-importer
sed -i 's/, "CLMDB"//' "$fixture/Package.swift"
source_file StorageLMDB 'import Resolution'
expect_exit 1 "a C module that nobody imports fails" layers
expect_says "a C module that nobody imports is named" "has: nobody"

sound upward-dependency
sed -i -e 's/name: "Resolution", dependencies: \[/&"StorageLMDB", /' \
    -e 's/"Resolution", "ResolutionProtocol", "CLMDB"/"CLMDB"/' "$fixture/Package.swift"
source_file StorageLMDB 'import CLMDB'
expect_exit 1 "an upward dependency fails, imported or not" layers
expect_says "an upward dependency is named" "Resolution (row 3) depends on StorageLMDB (row 4)"

sound unknown-target
sed -i 's/name: "idctl"/name: "Toolbox"/' "$fixture/Package.swift"
mv "$fixture/Sources/idctl" "$fixture/Sources/Toolbox"
expect_exit 1 "a target in no row fails" layers
expect_says "a target in no row is named" "Sources/Toolbox: unknown-target"

sound wrong-kind
sed -i 's/executableTarget(name: "idctl"/target(name: "idctl"/' "$fixture/Package.swift"
expect_exit 1 "a program that is a library fails" layers
expect_says "a program that is a library is named" "must be executable, not regular"

sound stray-folder
mkdir "$fixture/Sources/Leftover"
expect_exit 1 "a folder of no target fails" layers
expect_says "a folder of no target is named" "Sources/Leftover: stray-folder"

sound test-import
sed -i 's|^    \]$|        .testTarget(name: "ResolutionTests", dependencies: ["Resolution"]),\n    ]|' \
    "$fixture/Package.swift"
mkdir -p "$fixture/Tests/ResolutionTests"
printf 'import Testing\nimport Foundation\n@testable import Resolution\n' >"$fixture/Tests/ResolutionTests/File.swift"
expect_exit 0 "a test target may import what it declares" layers
printf 'import ResolutionProtocol\n' >>"$fixture/Tests/ResolutionTests/File.swift"
expect_exit 1 "an undeclared import in a test fails" layers
expect_says "an undeclared import in a test is named" "Tests/ResolutionTests/File.swift:4: undeclared-import"

finish check-layers
