using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

/// <summary>
/// Accepts what the framework's bearer handler accepts, if the sign-in that the token came from still holds. Roles are read with it,
/// so a role taken away or a password changed counts from the next request on.
/// </summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KnownTokens tokens, SignedInUsers signedIn)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";

    /// <summary>Compiled once, since it is asked all the time.</summary>
    private static readonly Func<ShopDbContext, long, CancellationToken, Task<SignedInUser?>> FindUser =
        EF.CompileAsyncQuery((ShopDbContext db, long sessionId, CancellationToken _) => db.Sessions
            .Where(session => session.Id == sessionId && session.RevokedAt == null)
            .Join(db.Users, session => session.UserId, user => user.Id, (_, user) => user)
            .Where(user => user.ErasedAt == null)
            .Select(user => new SignedInUser(user.Id, user.Roles.Any(role => role.Role == User.AdminRole)))
            .SingleOrDefault());

    /// <summary>Who signed in, as of now; null when the sign-in has ended.</summary>
    public static Task<SignedInUser?> FindUserAsync(ShopDbContext db, long sessionId, CancellationToken cancellationToken) =>
        FindUser(db, sessionId, cancellationToken);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (tokens.Find(header, TimeProvider.GetUtcNow()) is not { } sessionId)
        {
            var bearer = await Context.AuthenticateAsync(BearerTokenDefaults.AuthenticationScheme);
            if (!bearer.Succeeded)
            {
                return bearer;
            }

            sessionId = long.Parse(bearer.Principal.FindFirstValue(ClaimTypes.Sid)!, CultureInfo.InvariantCulture);
            tokens.Note(header, sessionId, bearer.Ticket.Properties.ExpiresUtc!.Value);
        }

        var db = Context.RequestServices.GetRequiredService<ShopDbContext>();
        var user = await signedIn.FindAsync(db, sessionId, Context.RequestAborted);
        if (user is null)
        {
            return AuthenticateResult.Fail("The sign-in has ended.");
        }

        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(ClaimTypes.Sid, sessionId.ToString(CultureInfo.InvariantCulture)));
        if (user.IsAdmin)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, User.AdminRole));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        return Task.CompletedTask;
    }
}

/// <summary>Who sends a request.</summary>
/// <param name="Id">The user.</param>
/// <param name="IsAdmin">Whether they administrate the shop.</param>
internal sealed record SignedInUser(long Id, bool IsAdmin);
