using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Adds a category to the tree.</summary>
/// <param name="Name">Unique under its parent without regard to case; required, up to 200 characters.</param>
/// <param name="ParentId">The category above; absent at the top.</param>
[Access(Who.Admin)]
public sealed record CreateCategory(string? Name, long? ParentId) : ICommand<long>;

internal sealed class CreateCategoryRules : AbstractValidator<CreateCategory>
{
    public CreateCategoryRules() => RuleFor(command => command.Name).RequiredText(Category.MaxNameLength);
}

internal sealed class CreateCategoryHandler(IRepository<Category> categories, ICategoryTree tree, ILocks locks, TimeProvider clock)
    : IRequestHandler<CreateCategory, Result<long>>
{
    public async Task<Result<long>> Handle(CreateCategory command, CancellationToken cancellationToken)
    {
        await locks.TakeAsync(LockNames.CategoryTree, cancellationToken);
        if (await tree.PathAsync(command.ParentId, cancellationToken) is not { } path)
        {
            return CategoryErrors.UnknownParent;
        }

        var category = Category.Create(command.Name!.Trim(), path, clock.GetUtcNow());
        if (category.IsFailure)
        {
            return category.Error;
        }

        await categories.AddAsync(category.Value, cancellationToken);
        return category.Value.Id;
    }
}
