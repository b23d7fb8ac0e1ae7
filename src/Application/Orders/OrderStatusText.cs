using FluentValidation;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>Statuses of orders as clients write them.</summary>
internal static class OrderStatusText
{
    private static readonly Dictionary<string, OrderStatus> Known =
        Enum.GetValues<OrderStatus>().ToDictionary(status => status.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The status that a valid text names; null for none.</summary>
    public static OrderStatus? Parse(string? text) => text is null ? null : Known[text];

    /// <summary>The text is absent or names one of these statuses; of any, when none is said.</summary>
    public static IRuleBuilderOptions<T, string?> StatusText<T>(this IRuleBuilder<T, string?> rule, params OrderStatus[] allowed)
    {
        allowed = allowed.Length == 0 ? Enum.GetValues<OrderStatus>() : allowed;
        return rule
            .Must(text => text is null || (Known.TryGetValue(text, out var status) && allowed.Contains(status)))
            .WithMessage($"Give one of {string.Join(", ", allowed.Select(status => status.ToString().ToLowerInvariant()))}.");
    }
}
