using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Shop.Limit;

/// <summary>
/// What this machine can do at best: the paths that the shop is measured at, with as little between socket and SQL as goes. No routing, no
/// rules, no sign-in.
/// </summary>
internal sealed class Site
{
    private const int PageSize = 20;

    private readonly Products _products;
    private readonly Orders _orders;
    private readonly byte[] _product;
    private readonly byte[] _list;

    private Site(Products products, Orders orders, byte[] product, byte[] list) => (_products, _orders, _product, _list) = (products, orders, product, list);

    /// <summary>Reads once what is static from then on.</summary>
    public static async Task<Site> OpenAsync(Products products, Orders orders)
    {
        var list = await products.NewestAsync(PageSize);
        await orders.LoadBuyersAsync();
        return new Site(
            products,
            orders,
            JsonBody.Of(list[0], LimitJson.Default.Product).ToArray(),
            JsonBody.Of(list, LimitJson.Default.ListProduct).ToArray());
    }

    public Task AnswerAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/static/product" => WriteAsync(http, StatusCodes.Status200OK, _product),
        "/static/list" => WriteAsync(http, StatusCodes.Status200OK, _list),
        "/orders" when HttpMethods.IsPost(http.Request.Method) => OrderAsync(http),
        "/products" => ListAsync(http),
        { } path when path.StartsWith("/products/", StringComparison.Ordinal) => GetAsync(http, path.AsMemory("/products/".Length)),
        _ => WriteAsync(http, StatusCodes.Status404NotFound, default),
    };

    private async Task GetAsync(HttpContext http, ReadOnlyMemory<char> id)
    {
        var product = long.TryParse(id.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await _products.GetAsync(number) : null;
        await (product is null
            ? WriteAsync(http, StatusCodes.Status404NotFound, default)
            : WriteAsync(http, StatusCodes.Status200OK, JsonBody.Of(product, LimitJson.Default.Product)));
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = http.Request.QueryString.Value;
        var products = Parameter(query, "search") is { } word ? await _products.SearchAsync(word, PageSize)
            : Parameter(query, "category_id") is { } category ? await _products.CheapestAsync(long.Parse(category, CultureInfo.InvariantCulture), PageSize)
            : await _products.NewestAsync(PageSize);
        await WriteAsync(http, StatusCodes.Status200OK, JsonBody.Of(products, LimitJson.Default.ListProduct));
    }

    private async Task OrderAsync(HttpContext http)
    {
        var request = await JsonSerializer.DeserializeAsync(http.Request.Body, LimitJson.Default.NewOrder);
        var order = await _orders.PlaceAsync(request!.Items);
        await (order is null
            ? WriteAsync(http, StatusCodes.Status409Conflict, default)
            : WriteAsync(http, StatusCodes.Status201Created, JsonBody.Of(order, LimitJson.Default.PlacedOrder)));
    }

    private static string? Parameter(string? query, string name)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.EncodedName.Span.SequenceEqual(name))
                return pair.DecodeValue().ToString();
        }

        return null;
    }

    private static async Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentLength = body.Length;
        response.ContentType = "application/json; charset=utf-8";
        await response.BodyWriter.WriteAsync(body);
    }
}
