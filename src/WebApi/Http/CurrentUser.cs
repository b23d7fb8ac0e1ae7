using System.Globalization;
using System.Security.Claims;
using Shop.Application.Abstractions;
using Shop.Domain.Users;

namespace Shop.WebApi.Http;

/// <summary>The caller, as authentication found them.</summary>
internal sealed class CurrentUser(IHttpContextAccessor accessor) : ICurrentUser
{
    public long? Id =>
        Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null;

    public bool IsAdmin => Principal?.IsInRole(User.AdminRole) == true;

    public string? Address => accessor.HttpContext is { } context ? CallerAddress.Of(context) : null;

    private ClaimsPrincipal? Principal => accessor.HttpContext?.User;
}
