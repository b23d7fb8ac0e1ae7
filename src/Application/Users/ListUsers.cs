using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>All users, newest first.</summary>
/// <param name="Search">Part of a username, an e-mail address or a name.</param>
/// <param name="Page">Which page.</param>
[Access(Who.Admin)]
public sealed record ListUsers(string? Search, PageRequest Page) : IPagedQuery<UserAnswer>;

internal sealed class ListUsersRules : AbstractValidator<ListUsers>
{
    public ListUsersRules() => RuleFor(query => query.Search).Text(200);
}

internal sealed class ListUsersHandler(IRepository<User> users, ITextSearch text) : IRequestHandler<ListUsers, Result<Page<UserAnswer>>>
{
    public Task<Result<Page<UserAnswer>>> Handle(ListUsers query, CancellationToken cancellationToken)
    {
        var matches = string.IsNullOrWhiteSpace(query.Search) ? null : text.Users(query.Search);
        return users.GetPageAsync<UserAnswer>(UserSpecs.All(matches), query.Page, cancellationToken);
    }
}
