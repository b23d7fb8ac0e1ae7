using System.Security.Cryptography;
using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

[Parallelizable(ParallelScope.All)]
public sealed class ModelFileTests
{
    private const int ContentStart = 8 + SHA256.HashSizeInBytes;

    private readonly RecommenderModel _model = Trained();

    [Test]
    public void A_model_read_answers_as_the_one_written()
    {
        var read = ModelFile.Read(ModelFile.Write(_model));

        read.Parts.Facts.ShouldBe(_model.Parts.Facts);
        foreach (var product in _model.Parts.Products)
        {
            read.Rank([product]).ShouldBe(_model.Rank([product]));
            read.Similar(product).ShouldBe(_model.Similar(product));
        }
    }

    [Test]
    public void What_is_no_model_is_refused() =>
        Should.Throw<InvalidDataException>(() => ModelFile.Read([1, 2, 3])).Message.ShouldBe("The stored recommender is no model of this version: train it anew.");

    [Test]
    public void Another_version_is_refused()
    {
        var bytes = ModelFile.Write(_model);
        bytes[7]++;

        Should.Throw<InvalidDataException>(() => ModelFile.Read(bytes)).Message.ShouldContain("version");
    }

    [Test]
    public void A_changed_byte_is_noticed()
    {
        var bytes = ModelFile.Write(_model);
        bytes[^5] ^= 1;

        Should.Throw<InvalidDataException>(() => ModelFile.Read(bytes)).Message.ShouldBe("The stored recommender is damaged: train it anew.");
    }

    [Test]
    public void A_cut_off_end_is_noticed() => Should.Throw<InvalidDataException>(() => ModelFile.Read(ModelFile.Write(_model)[..^10]));

    private static IEnumerable<TestCaseData> Misfits()
    {
        yield return Misfit("A lift too few", parts => parts with { Lift = parts.Lift[1..] });
        yield return Misfit("A popularity that is no number", parts => parts with { Popular = [.. parts.Popular[1..], float.NaN] });
        yield return Misfit("Products out of order", parts => parts with { Products = [.. parts.Products.Reverse()] });
        yield return Misfit("A new product that is none", parts => parts with { NewProducts = [parts.Products.Length] });
        yield return Misfit("Weights of another size", parts => parts with { Weights = SparseWeights.Empty(1) });
        yield return Misfit("A column beyond the last", parts => parts with { Weights = parts.Weights with { Columns = [.. parts.Weights.Columns.Select(_ => 99)] } });
        yield return Misfit("A weight that is no number", parts => parts with { Weights = parts.Weights with { Values = [.. parts.Weights.Values.Select(_ => Half.NaN)] } });
        yield return Misfit("A weight too few", parts => parts with { Likeness = parts.Likeness with { Values = parts.Likeness.Values[1..] } });
    }

    private static TestCaseData Misfit(string name, Func<ModelParts, ModelParts> change) => new TestCaseData(change).SetName(name);

    [TestCaseSource(nameof(Misfits))]
    public void Parts_that_do_not_fit_together_are_refused(Delegate change)
    {
        var bytes = ModelFile.Write(new RecommenderModel(((Func<ModelParts, ModelParts>)change)(_model.Parts)));

        Should.Throw<InvalidDataException>(() => ModelFile.Read(bytes)).Message.ShouldContain("train it anew");
    }

    [Test]
    public void Content_that_is_not_compressed_is_refused_though_its_sum_is_right()
    {
        var bytes = ModelFile.Write(_model);
        bytes.AsSpan(ContentStart).Fill(0xFF);
        SHA256.HashData(bytes.AsSpan(ContentStart)).CopyTo(bytes, ContentStart - SHA256.HashSizeInBytes);

        Should.Throw<InvalidDataException>(() => ModelFile.Read(bytes)).Message.ShouldBe("The stored recommender can't be read: train it anew.");
    }

    private static RecommenderModel Trained()
    {
        var log = new InteractionLog();
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            log.Add(new Interaction(random.Next(60), random.Next(20), DateTimeOffset.UnixEpoch.AddHours(i)));
        }

        return RecommenderTrainer.Train(log, [new CatalogEntry(50, "Something new", 1), new CatalogEntry(1, "Something old", 1)], new RecommenderSettings(), default);
    }
}
