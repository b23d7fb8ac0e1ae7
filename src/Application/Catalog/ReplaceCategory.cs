using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Replaces a category: without a parent it goes to the top, with all below it.</summary>
[Access(Who.Admin)]
public sealed record ReplaceCategory : ICommand
{
    /// <summary>Which category.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>Unique under its parent without regard to case; required, up to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The category above; absent at the top.</summary>
    public long? ParentId { get; init; }
}

internal sealed class ReplaceCategoryRules : AbstractValidator<ReplaceCategory>
{
    public ReplaceCategoryRules() => RuleFor(command => command.Name).RequiredText(Category.MaxNameLength);
}

internal sealed class ReplaceCategoryHandler(CategoryEditing editing) : IRequestHandler<ReplaceCategory, Result>
{
    public Task<Result> Handle(ReplaceCategory command, CancellationToken cancellationToken) =>
        editing.EditAsync(command.Id, command.Expected, _ => (command.Name!, command.ParentId), cancellationToken);
}

/// <summary>Edits one category while nobody else changes the shape of the tree.</summary>
internal sealed class CategoryEditing(IRepository<Category> categories, ICategoryTree tree, ILocks locks, TimeProvider clock)
{
    /// <summary>Renames and moves a category.</summary>
    /// <param name="id">Which.</param>
    /// <param name="expected">The version that the caller has seen.</param>
    /// <param name="edit">Its new name and parent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result> EditAsync(
        long id, ExpectedVersion? expected, Func<Category, (string Name, long? ParentId)> edit, CancellationToken cancellationToken)
    {
        await locks.TakeAsync(LockNames.CategoryTree, cancellationToken);
        if (await categories.FindForUpdateAsync(CategorySpecs.ById(id), cancellationToken) is not { } category)
        {
            return CategoryErrors.NotFound;
        }

        if (ExpectedVersion.Refusal(expected, category) is { } stale)
        {
            return stale;
        }

        var (name, parentId) = edit(category);
        if (await tree.PathAsync(parentId, cancellationToken) is not { } path)
        {
            return CategoryErrors.UnknownParent;
        }

        return category.Edit(name.Trim(), path, await tree.HeightAsync(id, cancellationToken), clock.GetUtcNow());
    }
}
