using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Carts;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Users;

/// <summary>Opens an account; names alone are enough. Without a password nobody can sign in until one is set by e-mail.</summary>
[Access(Who.Anyone)]
public sealed record CreateUser : ICommand<UserAnswer>, IUserInput
{
    /// <inheritdoc />
    public string? Username { get; init; }

    /// <inheritdoc />
    public string? Email { get; init; }

    /// <summary>8 to 128 characters, or absent.</summary>
    public string? Password { get; init; }

    /// <inheritdoc />
    public string? FirstName { get; init; }

    /// <inheritdoc />
    public string? LastName { get; init; }

    /// <inheritdoc />
    public string? Gender { get; init; }

    /// <summary>The guest's cart token, or null.</summary>
    [JsonIgnore]
    public string? CartToken { get; init; }
}

internal sealed class CreateUserRules : AbstractValidator<CreateUser>
{
    public CreateUserRules()
    {
        Include(new UserInputRules());
        RuleFor(command => command.Password).Password();
        RuleFor(command => command)
            .Must(command => (command.Username ?? command.Email ?? command.FirstName ?? command.LastName) is not null)
            .OverridePropertyName(nameof(CreateUser.FirstName))
            .WithMessage("Give a username, an email, a first name or a last name.");
    }
}

internal sealed class CreateUserHandler(NewUser newUser, GuestCart guestCart) : IRequestHandler<CreateUser, Result<UserAnswer>>
{
    public async Task<Result<UserAnswer>> Handle(CreateUser command, CancellationToken cancellationToken)
    {
        var user = await newUser.AddAsync(command, command.Password, cancellationToken);
        await guestCart.MergeAsync(command.CartToken, user.Id, cancellationToken);
        return UserAnswer.Of(user);
    }
}
