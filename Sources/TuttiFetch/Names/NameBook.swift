/// Gives each URL of a list a name that no other has, the same each time for the same list.
///
/// Keeps 64 bits a name: of a million names two collide once in 37 million lists, and then the later
/// one gets a number that it would not have needed.
struct NameBook {
    private var taken: Set<UInt64> = []

    /// Makes room for so many names.
    init(capacity: Int) {
        taken.reserveCapacity(capacity)
    }

    /// Finds the name for a request, in the order of the list.
    ///
    /// A name from a URL that is taken gets a number, `a.html.1`; one that was given does not.
    mutating func name(given: String?, target: String) throws(FetchError) -> String {
        if let given {
            try FileName.check(given)
            guard taken.insert(stableHash(given)).inserted else { throw .nameTaken(given) }
            return given
        }
        let name = FileName.derived(fromTarget: target)
        if taken.insert(stableHash(name)).inserted { return name }
        // A list of a million times the same URL would count up from 1 each time.
        var number = nextNumber[name] ?? 1
        while true {
            let numbered = Self.numbered(name, number)
            number += 1
            guard taken.insert(stableHash(numbered)).inserted else { continue }
            nextNumber[name] = number
            return numbered
        }
    }

    private var nextNumber: [String: Int] = [:]

    private static func numbered(_ name: String, _ number: Int) -> String {
        let suffix = ".\(number)"
        var name = name
        while name.utf8.count + suffix.utf8.count > FileName.longest { name.removeLast() }
        return name + suffix
    }
}
