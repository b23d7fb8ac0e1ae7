namespace Microsoft.SqlServer.Server;

/// <summary>Reads and writes a user-defined type or aggregate of <see cref="Format.UserDefined"/>.</summary>
public interface IBinarySerialize
{
    /// <summary>Fills this instance from its bytes.</summary>
    /// <param name="r">The reader, placed at the first byte.</param>
    void Read(BinaryReader r);

    /// <summary>Writes this instance as bytes.</summary>
    /// <param name="w">The writer that takes them.</param>
    void Write(BinaryWriter w);
}
