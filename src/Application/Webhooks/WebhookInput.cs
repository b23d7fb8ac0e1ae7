using FluentValidation;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>What an admin writes of a subscription; the shape that creating and replacing share.</summary>
public interface IWebhookInput
{
    /// <summary>Where events are sent: an http or https address without a name or password in it, up to 2,000 characters; required.</summary>
    string? Url { get; }

    /// <summary>The types of events that are sent, at least one, such as <c>order.paid</c>; required.</summary>
    IReadOnlyList<string>? Events { get; }

    /// <summary>Whether anything is sent; true unless said.</summary>
    bool? Active { get; }
}

internal sealed class WebhookInputRules : AbstractValidator<IWebhookInput>
{
    public WebhookInputRules()
    {
        RuleFor(input => input.Url)
            .NotEmpty().WithMessage("This is required and must not be empty.")
            .HttpUrl(WebhookSubscription.MaxUrlLength)
            .Must(url => !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.UserInfo.Length == 0)
            .WithMessage("Leave name and password out of the address; receivers know the shop by its signature.");
        RuleFor(input => input.Events)
            .Must(events => events is { Count: > 0 } && events.All(EventTypes.All.Contains))
            .WithMessage($"Give at least one of {string.Join(", ", EventTypes.All)}.");
    }
}
