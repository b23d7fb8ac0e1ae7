using System.Text.Json;
using FluentValidation.Results;
using Shop.Domain.Common;

namespace Shop.Application.Common;

/// <summary>Input that is wrong in one or more fields.</summary>
public static class ValidationErrors
{
    /// <summary>The code of every answer that names fields.</summary>
    public const string Code = "validation_failed";

    private const string Detail = "Some fields are not valid; 'errors' says which and why.";

    /// <summary>A refusal that names one field.</summary>
    /// <param name="field">Its snake_case name.</param>
    /// <param name="message">What to do.</param>
    public static Error Of(string field, string message) =>
        new(ErrorKind.Invalid, Code, Detail) { Fields = new Dictionary<string, string[]> { [field] = [message] } };

    internal static Error From(IReadOnlyCollection<ValidationFailure> failures) =>
        new(ErrorKind.Invalid, Code, Detail)
        {
            Fields = failures
                .GroupBy(failure => FieldName(failure.PropertyName))
                .ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).Distinct().ToArray()),
        };

    private static string FieldName(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
}
