using System.Text;
using Shop.Infrastructure.Persistence.Backfill;

namespace Shop.Infrastructure.IntegrationTests.Backfill;

[Parallelizable(ParallelScope.All)]
public sealed class CsvRecordReaderTests
{
    [Test]
    public async Task Fields_are_read_as_RFC_4180_says()
    {
        var records = await ReadAsync("a,\"b, c\",\"say \"\"hi\"\"\"\r\n\"\",,\"two\r\nlines\"\r\n");

        records.ShouldBe(["1:a|b, c|say \"hi\"", "2:||two\r\nlines"]);
    }

    [TestCase("a,b\nc,d", TestName = "No line end at the end")]
    [TestCase("a,b\r\nc,d\r\n", TestName = "CRLF")]
    [TestCase("\uFEFFa,b\nc,d\n", TestName = "A byte order mark")]
    [TestCase("a,b\n\"c\",\"d\"", TestName = "A quote at the end")]
    public async Task Variants_read_the_same(string text) => (await ReadAsync(text)).ShouldBe(["1:a|b", "2:c|d"]);

    [Test]
    public async Task Empty_lines_are_no_records_but_count_as_lines() =>
        (await ReadAsync("a,b\n\n\r\nc,d\n")).ShouldBe(["1:a|b", "4:c|d"]);

    [Test]
    public async Task An_empty_last_field_is_a_field() => (await ReadAsync("a,\nb,")).ShouldBe(["1:a|", "2:b|"]);

    [TestCase("x,\"y\na,b\nc,d\n", "UnclosedQuote", TestName = "A quote that is never closed")]
    [TestCase("x,\"y\na,b\nc,\"d\"\n", "StrayQuote", TestName = "A quote that is closed by the next field's")]
    [TestCase("x,\"y\"z\na,b\nc,d\n", "StrayQuote", TestName = "Text after a closing quote")]
    [TestCase("x,y\"z\na,b\nc,d\n", "StrayQuote", TestName = "A quote in the middle of a field")]
    [TestCase("x\na,b\nc,d\n", "FieldCount", TestName = "A field too few")]
    [TestCase("x,y,z\na,b\nc,d\n", "FieldCount", TestName = "A field too many")]
    [TestCase("x,y\0\na,b\nc,d\n", "NotText", TestName = "A NUL")]
    public async Task A_broken_record_costs_one_line(string text, string problem) =>
        (await ReadAsync(text, expectedFields: 2)).ShouldBe([$"1!{problem}", "2:a|b", "3:c|d"]);

    [Test]
    public async Task A_quoted_field_that_makes_the_wrong_number_of_fields_costs_its_first_line() =>
        (await ReadAsync("x,\"y\na,b\n\",z,z\nc,d\n", expectedFields: 2)).ShouldBe(["1!FieldCount", "2:a|b", "3!UnclosedQuote", "4:c|d"]);

    [Test]
    public async Task Bytes_that_are_no_UTF_8_cost_one_line_and_name_their_field()
    {
        using var reader = new CsvRecordReader(new MemoryStream([.. "a,b\nc,"u8, 0xFF, .. "\nd,e"u8]));

        (await reader.ReadAsync(default)).ShouldBeTrue();
        (await reader.ReadAsync(default)).ShouldBeTrue();
        (reader.Problem, reader.ProblemField, reader.Line).ShouldBe((CsvProblem.NotText, 1, 2));
        (await reader.ReadAsync(default)).ShouldBeTrue();
        reader.Text(0).ShouldBe("d");
    }

    [Test]
    public async Task A_line_longer_than_a_record_may_be_is_left_out()
    {
        var text = "a,b\n" + new string('x', 3 * CsvRecordReader.MaxRecordLength) + "\nc,d\n";

        (await ReadAsync(text, expectedFields: 2)).ShouldBe(["1:a|b", "2!TooLong", "3:c|d"]);
    }

    [Test]
    public async Task A_quote_that_stays_open_too_long_costs_one_line()
    {
        var rows = new StringBuilder("x,\"y\n");
        for (var i = 0; i < 200_000; i++)
        {
            rows.Append("first field,second field\n");
        }

        var records = await ReadAsync(rows.ToString(), expectedFields: 2);

        records.Count.ShouldBe(200_001);
        records[0].ShouldBe("1!UnclosedQuote");
        records[^1].ShouldBe("200001:first field|second field");
    }

    [Test]
    public async Task It_does_not_matter_in_which_pieces_the_file_arrives([Range(1, 9)] int pieces)
    {
        const string text = "a,\"b \"\"\r\n\"\"\"\r\n\"c\",d\r\ne,\"f\nx,\"\"\ng,h";
        var expected = await ReadAsync(text, expectedFields: 2);

        var records = await ReadAsync(new Trickle(Encoding.UTF8.GetBytes(text), pieces), expectedFields: 2);

        records.ShouldBe(expected);
        records.ShouldBe(["1:a|b \"\r\n\"", "3:c|d", "4!UnclosedQuote", "5:x|", "6:g|h"]);
    }

    private static Task<List<string>> ReadAsync(string text, int expectedFields = 0) =>
        ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), expectedFields);

    private static async Task<List<string>> ReadAsync(Stream stream, int expectedFields)
    {
        using var reader = new CsvRecordReader(stream) { ExpectedFields = expectedFields };
        var records = new List<string>();
        while (await reader.ReadAsync(default))
        {
            records.Add(reader.Problem == CsvProblem.None
                ? $"{reader.Line}:{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.Text))}"
                : $"{reader.Line}!{reader.Problem}");
        }

        return records;
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
