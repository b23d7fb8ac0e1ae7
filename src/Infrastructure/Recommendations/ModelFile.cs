using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// A model as bytes, to be stored: a mark with the format's version, the SHA-256 of what follows, and that, compressed. Numbers are little-endian.
/// </summary>
internal static class ModelFile
{
    /// <summary>No array of a model comes near; keeps a damaged length from taking all memory.</summary>
    private const int MaxLength = 100_000_000;

    private static readonly byte[] Mark = [.. "SHOPREC"u8, 1];

    /// <summary>Writes a model.</summary>
    public static byte[] Write(RecommenderModel model)
    {
        var content = new MemoryStream();
        using (var writer = new BinaryWriter(Buffered(new DeflateStream(content, CompressionLevel.Fastest, leaveOpen: true))))
        {
            Write(writer, model.Parts);
        }

        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        return [.. Mark, .. SHA256.HashData(bytes), .. bytes];
    }

    /// <summary>Reads what <see cref="Write(RecommenderModel)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such thing, of another version, or damaged.</exception>
    public static RecommenderModel Read(byte[] bytes)
    {
        var content = Mark.Length + SHA256.HashSizeInBytes;
        if (bytes.Length < content || !bytes.AsSpan().StartsWith(Mark))
        {
            throw Refused("is no model of this version");
        }

        if (!SHA256.HashData(bytes.AsSpan(content)).AsSpan().SequenceEqual(bytes.AsSpan(Mark.Length, SHA256.HashSizeInBytes)))
        {
            throw Refused("is damaged");
        }

        using var reader = new BinaryReader(Buffered(new DeflateStream(new MemoryStream(bytes, content, bytes.Length - content), CompressionMode.Decompress)));
        try
        {
            return new RecommenderModel(Check(Read(reader)));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException or OverflowException)
        {
            throw new InvalidDataException("The stored recommender can't be read: train it anew.", exception);
        }
    }

    /// <summary>Columns go byte by byte, each of which would be a call of the compressor.</summary>
    private static BufferedStream Buffered(DeflateStream compressed) => new(compressed);

    private static InvalidDataException Refused(string why) => new($"The stored recommender {why}: train it anew.");

    private static void Write(BinaryWriter writer, ModelParts parts)
    {
        WriteArray(writer, parts.Products);
        writer.Write(parts.IsPersonal);
        writer.Write(parts.PopularityShare);
        WriteArray(writer, parts.Popular);
        WriteArray(writer, parts.PopularLately);
        WriteArray(writer, parts.Lift);
        Write(writer, parts.Weights);
        Write(writer, parts.Likeness);
        WriteArray(writer, parts.NewProducts);
        writer.Write(parts.Facts.Users);
        writer.Write(parts.Facts.Products);
        writer.Write(parts.Facts.Interactions);
    }

    private static ModelParts Read(BinaryReader reader) => new()
    {
        Products = ReadArray<long>(reader),
        IsPersonal = reader.ReadBoolean(),
        PopularityShare = reader.ReadSingle(),
        Popular = ReadArray<float>(reader),
        PopularLately = ReadArray<float>(reader),
        Lift = ReadArray<float>(reader),
        Weights = ReadWeights(reader),
        Likeness = ReadWeights(reader),
        NewProducts = ReadArray<int>(reader),
        Facts = new TrainingFacts(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()),
    };

    /// <summary>Columns as differences, which take one or two bytes as a rule.</summary>
    private static void Write(BinaryWriter writer, SparseWeights weights)
    {
        WriteArray(writer, weights.Starts);
        for (var row = 0; row < weights.Size; row++)
        {
            var previous = 0;
            foreach (var column in weights.Columns.AsSpan(weights[row]))
            {
                writer.Write7BitEncodedInt(column - previous);
                previous = column;
            }
        }

        WriteArray(writer, weights.Values);
    }

    private static SparseWeights ReadWeights(BinaryReader reader)
    {
        var starts = ReadArray<int>(reader);
        CheckThat(starts is [0, ..] && starts.AsSpan(1).IndexOfAnyInRange(int.MinValue, -1) < 0);
        var columns = new int[starts[^1]];
        for (var row = 0; row < starts.Length - 1; row++)
        {
            CheckThat(starts[row] <= starts[row + 1] && starts[row + 1] <= columns.Length);
            var column = 0;
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                columns[i] = column += reader.Read7BitEncodedInt();
                CheckThat(column >= 0 && column < starts.Length - 1);
            }
        }

        var values = ReadArray<Half>(reader);
        CheckThat(values.Length == columns.Length && Array.TrueForAll(values, value => value > Half.Zero && Half.IsFinite(value)));
        return new SparseWeights(starts, columns, values);
    }

    private static void WriteArray<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var length = reader.ReadInt32();
        CheckThat(length is >= 0 and <= MaxLength);
        var values = new T[length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static ModelParts Check(ModelParts parts)
    {
        var size = parts.Products.Length;
        CheckThat(parts.Popular.Length == size && parts.PopularLately.Length == size && parts.Lift.Length == size);
        CheckThat(parts.Weights.Size == size && parts.Likeness.Size == size);
        CheckThat(float.IsFinite(parts.PopularityShare));
        CheckThat(Array.TrueForAll([.. parts.Popular, .. parts.PopularLately, .. parts.Lift], float.IsFinite));
        CheckThat(Array.TrueForAll(parts.NewProducts, product => product >= 0 && product < size));
        for (var i = 1; i < size; i++)
        {
            CheckThat(parts.Products[i - 1] < parts.Products[i]);
        }

        return parts;
    }

    private static void CheckThat(bool condition)
    {
        if (!condition)
        {
            throw Refused("does not fit together");
        }
    }
}
