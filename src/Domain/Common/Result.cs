using System.Diagnostics.CodeAnalysis;

namespace Shop.Domain.Common;

/// <summary>What every result can do, so that shared code can refuse on behalf of any request.</summary>
/// <typeparam name="TSelf">The result type itself.</typeparam>
public interface IOutcome<out TSelf>
{
    /// <summary>The refusal, or null on success.</summary>
    Error? Error { get; }

    /// <summary>A refused result.</summary>
    /// <param name="error">Why.</param>
    static abstract TSelf Fail(Error error);
}

/// <summary>Done, or refused with an <see cref="Common.Error"/>.</summary>
public readonly record struct Result : IOutcome<Result>
{
    private Result(Error? error) => Error = error;

    /// <inheritdoc />
    public Error? Error { get; }

    /// <summary>Done.</summary>
    public static Result Ok => default;

    /// <summary>True when refused; <see cref="Error"/> is set then.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsFailure => Error is not null;

    /// <inheritdoc />
    public static Result Fail(Error error) => new(error);

    /// <summary>A refusal, where a result is expected.</summary>
    /// <param name="error">Why.</param>
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>A value, or a refusal with an <see cref="Common.Error"/>.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly record struct Result<T> : IOutcome<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <inheritdoc />
    public Error? Error { get; }

    /// <summary>True when refused; <see cref="Error"/> is set then.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsFailure => Error is not null;

    /// <summary>The value of a success.</summary>
    /// <exception cref="InvalidOperationException">The result is a refusal: a bug in the caller.</exception>
    public T Value => IsFailure ? throw new InvalidOperationException($"No value: {Error.Code}") : _value!;

    /// <summary>A success; for interface types, which have no implicit conversion.</summary>
    /// <param name="value">The value.</param>
    public static Result<T> From(T value) => new(value, null);

    /// <inheritdoc />
    public static Result<T> Fail(Error error) => new(default, error);

    /// <summary>A success, where a result is expected.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal, where a result is expected.</summary>
    /// <param name="error">Why.</param>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
