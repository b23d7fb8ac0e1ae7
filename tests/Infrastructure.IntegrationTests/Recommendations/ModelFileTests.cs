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

    [Test]
    public void Content_that_makes_no_sense_is_refused_though_its_sum_is_right([Range(0, 30)] int seed)
    {
        var bytes = ModelFile.Write(_model);
        new Random(seed).NextBytes(bytes.AsSpan(ContentStart));
        SHA256.HashData(bytes.AsSpan(ContentStart)).CopyTo(bytes, 8);

        Should.Throw<InvalidDataException>(() => ModelFile.Read(bytes));
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
