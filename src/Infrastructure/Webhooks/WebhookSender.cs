using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Shop.Infrastructure.Webhooks;

/// <summary>Where a delivery goes and what signs it.</summary>
/// <param name="Url">An http or https address.</param>
/// <param name="Secrets">The secrets that sign now.</param>
internal sealed record WebhookTarget(string Url, IReadOnlyList<string> Secrets);

/// <summary>How an attempt ended.</summary>
/// <param name="Status">The HTTP status of the answer; null when none came.</param>
/// <param name="Error">Why it failed; null when the receiver has it.</param>
internal sealed record WebhookOutcome(int? Status, string? Error)
{
    /// <summary>Whether the receiver wants nothing any more.</summary>
    public bool IsGone => Status == (int)HttpStatusCode.Gone;
}

/// <summary>How long an attempt takes at most, from looking the name up to the answer's headers.</summary>
/// <param name="TimeLimit">The contract's ten seconds; tests are less patient.</param>
internal sealed record WebhookPatience(TimeSpan TimeLimit);

/// <summary>
/// Sends to addresses that others chose: none that is private unless the settings allow it, without redirects, proxy or cookies, and
/// without reading what comes back.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MaxDrainedBytes = 16 * 1024;
    private const int MaxHeaderKilobytes = 16;

    private readonly HttpClient _http;
    private readonly WebhookPatience _patience;
    private readonly TimeProvider _clock;
    private readonly bool _allowsPrivate;

    public WebhookSender(ShopSettings settings, WebhookPatience patience, TimeProvider clock)
    {
        (_patience, _clock, _allowsPrivate) = (patience, clock, settings.AllowPrivateWebhookAddresses);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = patience.TimeLimit,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseDrainSize = MaxDrainedBytes,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            MaxResponseHeadersLength = MaxHeaderKilobytes,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Makes one attempt, which ends by itself in the time limit.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="body">What is told.</param>
    public async Task<WebhookOutcome> SendAsync(WebhookTarget target, string body)
    {
        using var limit = new CancellationTokenSource(_patience.TimeLimit);
        using var request = RequestOf(target, Encoding.UTF8.GetBytes(body));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return OutcomeOf((int)answer.StatusCode);
        }
        catch (OperationCanceledException)
        {
            return new(null, $"The receiver did not answer within {_patience.TimeLimit.TotalSeconds:0.#} seconds.");
        }
        catch (HttpRequestException exception)
        {
            return new(null, exception.GetBaseException().Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(WebhookTarget target, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("Shop");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(body, target.Secrets, _clock.GetUtcNow()));
        return request;
    }

    private static WebhookOutcome OutcomeOf(int status) => status switch
    {
        >= 200 and < 300 => new(status, null),
        >= 300 and < 400 => new(status, $"The receiver answered {status}; redirects are not followed, so give the webhook its final address."),
        _ => new(status, $"The receiver answered {status}."),
    };

    /// <summary>Checks the very addresses that are connected to: a name that is looked up twice may have two answers.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = _allowsPrivate ? addresses : [.. addresses.Where(PublicAddresses.Contains)];
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(
                $"'{host}' has no public address, and webhooks go to private ones only where Shop:Webhooks:AllowPrivateAddresses is true.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
