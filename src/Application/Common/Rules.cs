using FluentValidation;
using Shop.Domain.Users;

namespace Shop.Application.Common;

/// <summary>Rules of shape that many requests share.</summary>
internal static class Rules
{
    public static IRuleBuilderOptions<T, decimal?> Money<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.Must(amount => amount is null || Domain.Common.Money.IsValid(amount.Value))
            .WithMessage($"Give an amount from 0 to {Domain.Common.Money.MaxAmount} with at most two decimals.");

    public static IRuleBuilderOptions<T, int?> Quantity<T>(this IRuleBuilder<T, int?> rule) =>
        rule.Must(quantity => quantity is null or (>= Domain.Common.Quantity.Min and <= Domain.Common.Quantity.Max))
            .WithMessage($"Give a whole number from {Domain.Common.Quantity.Min} to {Domain.Common.Quantity.Max}.");

    public static IRuleBuilderOptions<T, string?> Username<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(username => username is null || IsUsername(username))
            .WithMessage("A username has 3 to 50 letters, digits, '.', '_' or '-'.")
            .Must(username => username?.StartsWith(User.ImportedPrefix, StringComparison.OrdinalIgnoreCase) != true)
            .WithMessage($"Usernames that begin with '{User.ImportedPrefix}' are reserved.");

    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(email => email is null || EmailAddress.IsValid(email))
            .WithMessage("Give an e-mail address such as anna@example.org.");

    public static IRuleBuilderOptions<T, string?> Password<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Length(8, 128).WithMessage("A password has 8 to 128 characters.");

    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, int maxLength) =>
        rule.MaximumLength(maxLength).WithMessage($"At most {maxLength} characters.")
            .Must(text => text?.Contains('\0') != true).WithMessage("Text must not hold a NUL.");

    public static IRuleBuilderOptions<T, string?> RequiredText<T>(this IRuleBuilder<T, string?> rule, int maxLength) =>
        rule.NotEmpty().WithMessage("This is required and must not be empty.").Text(maxLength);

    public static IRuleBuilderOptions<T, string?> HttpUrl<T>(this IRuleBuilder<T, string?> rule, int maxLength) =>
        rule.Text(maxLength)
            .Must(url => url is null || WebAddress.IsHttp(url))
            .WithMessage("Give an address that begins with http:// or https://.");

    public static bool IsUsername(string text) =>
        text.Length is >= 3 and <= User.MaxUsernameLength
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
