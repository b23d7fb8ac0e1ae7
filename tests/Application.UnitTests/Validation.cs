using FluentValidation;
using Shop.Application.Common;

namespace Shop.Application.UnitTests;

internal static class Validation
{
    /// <summary>The fields that a validator finds at fault, by the names that clients know.</summary>
    public static IEnumerable<string> Faults<T>(this AbstractValidator<T> validator, T request) =>
        ValidationErrors.From(validator.Validate(request).Errors).Fields!.Keys;
}
