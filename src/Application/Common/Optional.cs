namespace Shop.Application.Common;

/// <summary>A property of a PATCH: absent, null, or a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">What was given; default when absent.</param>
public readonly record struct Optional<T>(T? Value)
{
    /// <summary>Whether the property was there at all.</summary>
    public bool IsGiven { get; } = true;

    /// <summary>What was given, or else what stands.</summary>
    /// <param name="current">What stands.</param>
    public T? Or(T? current) => IsGiven ? Value : current;

    /// <summary>A given value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Optional<T>(T? value) => new(value);
}
