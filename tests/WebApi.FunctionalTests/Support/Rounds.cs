using System.Globalization;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>How often tests of races try their luck: moderately, or as much more as <c>SHOP_TEST_ROUNDS</c> says.</summary>
internal static class Rounds
{
    private const string Variable = "SHOP_TEST_ROUNDS";

    private static readonly int Factor = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>A number of rounds, times the factor.</summary>
    /// <param name="moderate">How many rounds without a factor.</param>
    public static int Of(int moderate) => moderate * Factor;

    private static int Read(string? text) =>
        string.IsNullOrEmpty(text) ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var factor) && factor is >= 1 and <= 1_000 ? factor
        : throw new InvalidOperationException($"{Variable} is '{text}'; give a whole number from 1 to 1000.");
}
