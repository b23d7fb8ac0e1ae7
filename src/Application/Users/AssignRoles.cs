using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>Gives a user exactly these roles.</summary>
[Access(Who.Admin)]
public sealed record AssignRoles : ICommand
{
    /// <summary>Which user.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary><c>["admin"]</c>, or none.</summary>
    public IReadOnlyList<string>? Roles { get; init; }
}

internal sealed class AssignRolesRules : AbstractValidator<AssignRoles>
{
    public AssignRolesRules()
    {
        RuleFor(command => command.Roles).NotNull().WithMessage("Give [\"admin\"] or [].");
        RuleFor(command => command.Roles)
            .Must(roles => roles is null || roles.All(role => role == User.AdminRole))
            .WithMessage($"The only role is '{User.AdminRole}'.");
    }
}

internal sealed class AssignRolesHandler(IRepository<User> users, ILocks locks, TimeProvider clock) : IRequestHandler<AssignRoles, Result>
{
    public async Task<Result> Handle(AssignRoles command, CancellationToken cancellationToken)
    {
        await locks.TakeAsync(LockNames.Admins, cancellationToken);
        if (await users.FindForUpdateAsync(UserSpecs.ById(command.Id), cancellationToken) is not { } user)
        {
            return UserErrors.NotFound;
        }

        if (ExpectedVersion.Refusal(command.Expected, user) is { } stale)
        {
            return stale;
        }

        if (user.IsAdmin && !command.Roles!.Contains(User.AdminRole) && await users.CountAsync(UserSpecs.Admins(), cancellationToken) == 1)
        {
            return UserErrors.LastAdmin;
        }

        user.AssignRoles([.. command.Roles!.Distinct()], clock.GetUtcNow());
        return Result.Ok;
    }
}
