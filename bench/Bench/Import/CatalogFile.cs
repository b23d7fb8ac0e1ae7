using System.Globalization;
using System.Text;
using Shop.Bench.Machine;

namespace Shop.Bench.Import;

/// <summary>A catalog as a CSV file, the same for the same number: quoted fields, texts beyond ASCII, and one row in the middle that can't be read.</summary>
internal static class CatalogFile
{
    /// <summary>One of so many rows has another price and stock in the file that is loaded last.</summary>
    public const int RowsPerChange = 100;

    private const int Seed = 7;
    private const int MaxStock = 1_000;

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="products">How many rows can be read.</param>
    /// <param name="isChanged">Whether one of <see cref="RowsPerChange"/> differs.</param>
    public static async Task WriteAsync(string path, int products, bool isChanged)
    {
        var chance = new Random(Seed);
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 20) { NewLine = "\r\n" };
        await file.WriteLineAsync("sku,name,description,price,category,image_url,stock");
        for (var i = 1; i <= products; i++)
        {
            await file.WriteLineAsync(Row(i, chance, isChanged && i % RowsPerChange == 0));
            if (i == products / 2)
                await file.WriteLineAsync("SKU-0000000,Nobody says what this costs,,,,,");
        }
    }

    private static string Row(int i, Random chance, bool isChanged)
    {
        var name = $"{Capital(Word(chance))} {Capital(Word(chance))} {Word(chance)}";
        var description = $"{Capital(Word(chance))} {string.Join(' ', Enumerable.Range(0, 11).Select(_ => Word(chance)))}.";
        var price = Math.Round(1 + (499 * (decimal)chance.NextDouble()), 2) + (isChanged ? 1 : 0);
        var category = 1 + chance.Next(Catalog.Categories);
        var stock = chance.Next(MaxStock) + (isChanged ? 1 : 0);
        return string.Create(CultureInfo.InvariantCulture, $"""
            SKU-{i:0000000},{(i % 10 == 0 ? $"\"{name} \"\"Größe L\"\"\"" : name)},{(i % 7 == 0 ? $"\"{description} Naïve, ✓\"" : description)},{price:0.00},{Capital(Catalog.Word(category * 7))} {category},https://images.example.org/{i}.jpg,{stock}
            """);
    }

    /// <summary>The first ones more often.</summary>
    private static string Word(Random chance) => Catalog.Word((int)(Catalog.Words * Math.Pow(chance.NextDouble(), 2)));

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
