namespace Shop.Application.Common;

/// <summary>The command that is being handled in this scope; what the audit log calls a change by.</summary>
public sealed class UseCase
{
    /// <summary>Its name, such as <c>UpdateProduct</c>; null outside of any.</summary>
    public string? Name { get; internal set; }

    /// <summary>Where it belongs, such as <c>Catalog</c>.</summary>
    public string Area { get; internal set; } = "";

    /// <summary>The id that it names, or null.</summary>
    public long? SubjectId { get; internal set; }

    /// <summary>Whether it is for admins alone and commits once, so that its commit has to leave an entry.</summary>
    public bool IsAdminsOwn { get; internal set; }
}
