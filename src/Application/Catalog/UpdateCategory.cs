using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Changes what is given of a category; a null parent puts it at the top.</summary>
[Access(Who.Admin)]
public sealed record UpdateCategory : ICommand
{
    /// <summary>Which category.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>Unique under its parent without regard to case; up to 200 characters.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>The category above, or null for the top.</summary>
    public Optional<long?> ParentId { get; init; }
}

internal sealed class UpdateCategoryRules : AbstractValidator<UpdateCategory>
{
    public UpdateCategoryRules() =>
        RuleFor(command => command.Name.Value).RequiredText(Category.MaxNameLength)
            .When(command => command.Name.IsGiven)
            .OverridePropertyName(nameof(UpdateCategory.Name));
}

internal sealed class UpdateCategoryHandler(CategoryEditing editing) : IRequestHandler<UpdateCategory, Result>
{
    public Task<Result> Handle(UpdateCategory command, CancellationToken cancellationToken) =>
        editing.EditAsync(
            command.Id,
            command.Expected,
            category => (command.Name.Or(category.Name)!, command.ParentId.Or(category.ParentId)),
            cancellationToken);
}
