import ArgumentParser
import Testing

@testable import idctl

@Suite struct ShownWordsTests {
    @Test(arguments: [
        ("id create x --value '301 HS_SECKEY topsecret' --yes", "id create x --value *** --yes"),
        ("id create x --value '301 hs_SecKey topsecret'", "id create x --value ***"),
        (
            "id create x --value '301 HS_SECKEY.old topsecret' --value '1 URL u'",
            "id create x --value *** --value '1 URL u'"
        ),
        ("id create x '--value=301 HS_SECKEY topsecret' --json", "id create x --value=*** --json"),
        ("id create x --value 301 HS_SECKEY topsecret --top", "id create x --value 301 *** *** ***"),
        ("id create x --value=301 HS_SECKEY topsecret", "id create x --value=301 *** ***"),
        ("id create x --value '301 HS_SECKEY' topsecret", "id create x --value *** ***"),
        ("id create x --value '301 HS_SECKEY top' secret --json", "id create x --value *** *** --json"),
        ("id create x --value HS_SECKEY:topsecret", "id create x --value ***"),
        ("id create x --vale '301 HS_SECKEY topsecret'", "id create x --vale ***"),
        ("id list x --secret topsecret --json", "id list x --secret *** --json"),
        ("id list x --Passphrase=topsecret -q", "id list x --Passphrase=*** ***"),
    ])
    func `C5 what may be a secret is not shown`(line: String, shown: String) throws {
        #expect(ShownWords.line(try CommandWords.of(line)) == shown)
    }

    @Test(arguments: [
        "id get 88.118.8/x --type HS_SECKEY --json", "id list x --secret-file s --passphrase-file p",
        "id create x --value '1 DESC item 1'", "prefix allot x --admin-key k.pub --name ''",
        #"id create x --value "1 DESC it's \"so\" \\""#, "import '#1.csv' --data d",
    ])
    func `a line without secrets is shown so that it can be run`(line: String) throws {
        let words = try CommandWords.of(line)
        #expect(ShownWords.of(words) == words)
        #expect(try CommandWords.of(ShownWords.line(words)) == words)
        #expect(!ShownWords.holdsSecretKey(words))
    }

    @Test func `C5 a command line with a secret key is not quoted in what is wrong with it`() throws {
        #expect(ShownWords.holdsSecretKey(["id", "set", "x", "--value", "301", "HS_SECKEY", "topsecret"]))
        #expect(!ShownWords.holdsSecretKey(["id", "list", "x", "--secret", "s"]))
        let options = try ValueOptions.parse(["--value", "x HS_SECKEY topsecret"])
        do throws(CommandFailure) {
            _ = try options.values(for: [])
            Issue.record("it was accepted")
        } catch {
            #expect(!"\(error.messages)".contains("topsecret"))
        }
    }
}
