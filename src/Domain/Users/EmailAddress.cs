namespace Shop.Domain.Users;

/// <summary>What an e-mail address looks like.</summary>
public static class EmailAddress
{
    /// <summary>Whether a text can be an address; whether it exists, only a mail can tell.</summary>
    /// <param name="text">The address without a display name.</param>
    public static bool IsValid(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0
            && at < text.Length - 1
            && text.Length <= User.MaxEmailLength
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';')
            && text.IndexOf('@', StringComparison.Ordinal) == at;
    }
}
