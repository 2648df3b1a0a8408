/// The name of a type for people: with its module, and without the address that the standard
/// library puts into the names of private types.
func typeName(_ type: any Any.Type) -> String {
    let name = String(reflecting: type)
    guard name.contains("(unknown context at $") else { return name }
    return name.split(separator: ".").filter { !$0.hasPrefix("(unknown context at $") }
        .joined(separator: ".")
}
