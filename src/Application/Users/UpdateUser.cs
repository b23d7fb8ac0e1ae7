using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>Changes what is given of a user: oneself, or anybody for an admin. Null empties what may be empty.</summary>
[Access(Who.SignedIn)]
public sealed record UpdateUser : ICommand
{
    /// <summary>Which user.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>3 to 50 letters, digits, <c>.</c>, <c>_</c>, <c>-</c>.</summary>
    public Optional<string> Username { get; init; }

    /// <summary>An e-mail address.</summary>
    public Optional<string> Email { get; init; }

    /// <summary>First name, up to 100 characters.</summary>
    public Optional<string> FirstName { get; init; }

    /// <summary>Last name, up to 100 characters.</summary>
    public Optional<string> LastName { get; init; }

    /// <summary>In the person's own words, up to 50 characters.</summary>
    public Optional<string> Gender { get; init; }
}

internal sealed class UpdateUserRules : AbstractValidator<UpdateUser>
{
    public UpdateUserRules()
    {
        RuleFor(command => command.Username.Value).Username().OverridePropertyName(nameof(UpdateUser.Username));
        RuleFor(command => command.Username.Value).NotNull().When(command => command.Username.IsGiven)
            .OverridePropertyName(nameof(UpdateUser.Username)).WithMessage("A username can't be taken away.");
        RuleFor(command => command.Email.Value).Email().OverridePropertyName(nameof(UpdateUser.Email));
        RuleFor(command => command.FirstName.Value).Text(User.MaxNameLength).OverridePropertyName(nameof(UpdateUser.FirstName));
        RuleFor(command => command.LastName.Value).Text(User.MaxNameLength).OverridePropertyName(nameof(UpdateUser.LastName));
        RuleFor(command => command.Gender.Value).Text(User.MaxGenderLength).OverridePropertyName(nameof(UpdateUser.Gender));
    }
}

internal sealed class UpdateUserHandler(
    IRepository<User> users, IAccounts accounts, IMailedTokens tokens, ICurrentUser caller, TimeProvider clock) : IRequestHandler<UpdateUser, Result>
{
    public async Task<Result> Handle(UpdateUser command, CancellationToken cancellationToken)
    {
        if (!caller.MayActFor(command.Id)
            || await users.FindForUpdateAsync(UserSpecs.ById(command.Id), cancellationToken) is not { } user)
        {
            return UserErrors.NotFound;
        }

        if (ExpectedVersion.Refusal(command.Expected, user) is { } stale)
        {
            return stale;
        }

        var profile = new UserProfile(
            command.Email.Or(user.Email), command.FirstName.Or(user.FirstName), command.LastName.Or(user.LastName), command.Gender.Or(user.Gender));
        if (user.Edit(command.Username.Or(user.Username)!, profile, clock.GetUtcNow()))
        {
            await accounts.ForgetConfirmationAsync(user.Id, cancellationToken);
            await tokens.EndAllAsync(user.Id, cancellationToken);
        }

        return Result.Ok;
    }
}
