internal import CTutti

/// A type as another process of the same executable can find it.
///
/// A type without parameters, private and local ones among them, is found by the place of its
/// descriptor in its image, which is the same in every process of one build. A generic type has no
/// such place and is found by its mangled name.
struct TypeReference: Codable, Hashable {
    /// The mangled name, or nil.
    private var mangled: String?
    /// The image as the loader names it; empty for the executable.
    private var image = ""
    private var offset: UInt = 0
    /// The name for people; it also has to fit what is found by its place.
    let name: String

    /// Refers to `type`.
    ///
    /// - Throws: ``ProcessError/typeNotNameable(type:)`` for generic types with a private part.
    init(_ type: any Any.Type) throws(ProcessError) {
        name = typeName(type)
        var imageName: UnsafePointer<CChar>?
        var base: UInt = 0
        if let descriptor = Self.descriptor(of: type),
            tutti_image_holding(descriptor, &imageName, &base) != 0, let imageName
        {
            image = String(cString: imageName)
            offset = UInt(bitPattern: descriptor) - base
            return
        }
        // Private parts have a mangled name as well, which only the linker can resolve: try it.
        guard let mangled = _mangledTypeName(type), _typeByName(mangled) == type else {
            throw .typeNotNameable(type: name)
        }
        self.mangled = mangled
    }

    /// The type in this process; nil when there is none.
    var type: (any Any.Type)? {
        if let mangled { return _typeByName(mangled) }
        var base: UInt = 0
        guard tutti_image_named(image, &base) != 0, let metadata = tutti_type_at(base, offset)
        else { return nil }
        // Safety: tutti_type_at called the accessor of a descriptor of a type without parameters,
        // and a type is the address of its metadata.
        let type = unsafeBitCast(metadata, to: Any.Type.self)
        return typeName(type) == name ? type : nil
    }

    /// The context descriptor of a type without parameters (swift/ABI/Metadata.h); nil for others.
    private static func descriptor(of type: any Any.Type) -> UnsafeRawPointer? {
        // Safety: a type is the address of its metadata, whose first word is its kind. Structs and
        // enums hold their descriptor in the second word, classes of Linux in the sixth.
        let metadata = unsafeBitCast(type, to: UnsafeRawPointer.self)
        let place: Int
        switch metadata.load(as: UInt.self) {
        case 0x200, 0x201, 0x202: place = 1
        case 0, 0x800...: place = 5
        default: return nil
        }
        let word = place * MemoryLayout<UInt>.size
        let isGeneric: UInt32 = 0x80
        guard let descriptor = metadata.load(fromByteOffset: word, as: UnsafeRawPointer?.self),
            descriptor.load(as: UInt32.self) & isGeneric == 0
        else { return nil }
        return descriptor
    }
}
