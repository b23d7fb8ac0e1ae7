using System.Text.Json.Serialization;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Catalog;

namespace Shop.Application.Catalog;

/// <summary>A category as clients see it.</summary>
public sealed record CategoryAnswer : IVersioned
{
    /// <summary>The category's id.</summary>
    public required long Id { get; init; }

    /// <summary>Unique under its parent, without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>The category above; null at the top.</summary>
    public required long? ParentId { get; init; }

    /// <summary>Counts the edits.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    [JsonIgnore]
    string IVersioned.VersionTag => VersionTag.Of(Version);

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Category, CategoryAnswer>().ConvertUsing(category => new CategoryAnswer
        {
            Id = category.Id,
            Name = category.Name,
            ParentId = category.ParentId,
            Version = category.Version,
        });
    }
}
