/// What a surface does to light.
enum Material {
    /// Sends light on in all directions, coloured.
    case diffuse(Vector)
    /// Sends light on in one direction, coloured.
    case mirror(Vector)
    /// Gives light.
    case light(Vector)
}
