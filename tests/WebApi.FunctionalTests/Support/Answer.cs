using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>What came back.</summary>
public sealed class Answer
{
    private readonly Dictionary<string, string> _headers;
    private readonly string _request;

    private Answer(HttpResponseMessage response, string body)
    {
        Status = (int)response.StatusCode;
        Body = body;
        ContentType = response.Content.Headers.ContentType?.MediaType;
        _request = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}";
        _headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
    }

    public int Status { get; }

    public string Body { get; }

    public string? ContentType { get; }

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => field.ValueKind == JsonValueKind.Undefined ? field = JsonDocument.Parse(Body).RootElement : field;

    public string ETag => Header("ETag")!;

    public string? NextCursor => Header("X-Next-Cursor");

    /// <summary>The id in the body.</summary>
    public long Id => Json.GetProperty("id").GetInt64();

    /// <summary>The code of a problem.</summary>
    public string Code => Json.GetProperty("code").GetString()!;

    public JsonElement this[string property] => Json.GetProperty(property);

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(response, await response.Content.ReadAsStringAsync());

    /// <summary>Has this status; on failure shows the body.</summary>
    public Answer ShouldBe(int status)
    {
        Status.ShouldBe(status, $"{_request}\n{Body}");
        return this;
    }

    /// <summary>Is a complete problem+json of this status and code, for validation naming this field.</summary>
    public Answer ShouldBeProblem(int status, string code, string? field = null)
    {
        ShouldBe(status);
        ContentType.ShouldBe("application/problem+json", _request);
        Code.ShouldBe(code, $"{_request}\n{Body}");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        foreach (var member in (string[])["type", "title", "detail", "trace_id"])
        {
            Json.GetProperty(member).GetString().ShouldNotBeNullOrEmpty($"{member} of {_request}");
        }

        if (field is not null)
        {
            Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue($"{field} in {Body}");
        }

        return this;
    }
}
