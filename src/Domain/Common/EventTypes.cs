using System.Reflection;

namespace Shop.Domain.Common;

/// <summary>The names of all kinds of events.</summary>
public static class EventTypes
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 50;

    /// <summary>Every event's <see cref="DomainEvent.Type"/>, sorted; each event class holds its own as the constant <c>TypeName</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(DomainEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract)
            .Select(type => (string)type.GetField("TypeName", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal),
    ];
}
