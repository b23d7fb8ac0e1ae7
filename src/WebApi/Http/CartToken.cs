namespace Shop.WebApi.Http;

/// <summary>The header by which a guest holds a cart.</summary>
internal static class CartToken
{
    public const string Header = "X-Cart-Token";
}
