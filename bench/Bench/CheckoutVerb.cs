namespace Shop.Bench;

internal static class CheckoutVerb
{
    public static Task<int> RunAsync(string[] args) => Task.FromResult(args.Length);
}
