using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Carts;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Users;

/// <summary>Opens an account. A missing username is made; a guest's cart becomes the new user's.</summary>
[Access(Who.Anyone)]
public sealed record RegisterUser : ICommand<UserAnswer>, IUserInput
{
    /// <inheritdoc />
    public string? Username { get; init; }

    /// <inheritdoc />
    public string? Email { get; init; }

    /// <summary>8 to 128 characters.</summary>
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

internal sealed class RegisterUserRules : AbstractValidator<RegisterUser>
{
    public RegisterUserRules()
    {
        Include(new UserInputRules());
        RuleFor(command => command.Password).NotNull().WithMessage("A password is required.").Password();
        RuleFor(command => command.Username)
            .NotNull().When(command => command.Email is null)
            .WithMessage("Give a username, an email, or both.");
    }
}

internal sealed class RegisterUserHandler(NewUser newUser, GuestCart guestCart) : IRequestHandler<RegisterUser, Result<UserAnswer>>
{
    public async Task<Result<UserAnswer>> Handle(RegisterUser command, CancellationToken cancellationToken)
    {
        var user = await newUser.AddAsync(command, command.Password, cancellationToken);
        await guestCart.MergeAsync(command.CartToken, user.Id, cancellationToken);
        return UserAnswer.Of(user);
    }
}
