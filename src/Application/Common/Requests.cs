using MediatR;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Application.Common;

/// <summary>Changes something and answers with a value. Its handler never saves; the commit behavior does, once, and only on success.</summary>
/// <typeparam name="T">The answer.</typeparam>
public interface ICommand<T> : IRequest<Result<T>>, ICommandMarker;

/// <summary>Changes something and answers with nothing.</summary>
public interface ICommand : IRequest<Result>, ICommandMarker;

/// <summary>Reads something; changes nothing.</summary>
/// <typeparam name="T">The answer.</typeparam>
public interface IQuery<T> : IRequest<Result<T>>;

/// <summary>What the commit behavior recognizes a command by.</summary>
public interface ICommandMarker;

/// <summary>A command that needs several transactions and opens them itself; its docstring says why.</summary>
public interface IManagesTransactions;

/// <summary>A request that checks a password, which must not be guessed at will.</summary>
public interface IChecksPassword
{
    /// <summary>Whose password is checked, whether they exist or not.</summary>
    /// <param name="caller">Who sends the request.</param>
    string AccountOf(ICurrentUser caller);
}

/// <summary>Says who may send a request; every request carries one.</summary>
/// <param name="who">Who may.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AccessAttribute(Who who) : Attribute
{
    /// <summary>Who may send the request. What of their own they may touch is the specification's to say.</summary>
    public Who Who { get; } = who;
}

/// <summary>Groups of callers.</summary>
public enum Who
{
    /// <summary>Everybody, signed in or not.</summary>
    Anyone,

    /// <summary>Everybody, and it matters who: a bad token is refused, since its sender is not the guest they seem.</summary>
    Guest,

    /// <summary>Everybody who is signed in.</summary>
    SignedIn,

    /// <summary>Admins.</summary>
    Admin,
}
