using MediatR;
using Moq;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Behaviors;
using Shop.Domain.Common;

namespace Shop.Application.UnitTests.Common.Behaviors;

public sealed class AuthorizationBehaviorTests
{
    private static readonly ICurrentUser Nobody = Mock.Of<ICurrentUser>(user => user.Id == null && !user.IsAdmin);
    private static readonly ICurrentUser Customer = Mock.Of<ICurrentUser>(user => user.Id == 7 && !user.IsAdmin);
    private static readonly ICurrentUser Admin = Mock.Of<ICurrentUser>(user => user.Id == 1 && user.IsAdmin);

    [Test]
    public async Task What_anyone_may_send_anyone_may_send()
    {
        foreach (var caller in new[] { Nobody, Customer, Admin })
        {
            (await Handle(new ForAnyone(), caller)).Error.ShouldBeNull();
            (await Handle(new ForGuests(), caller)).Error.ShouldBeNull();
        }
    }

    [Test]
    public async Task What_needs_a_sign_in_is_refused_without_one()
    {
        (await Handle(new ForSignedIn(), Nobody)).Error!.Kind.ShouldBe(ErrorKind.Unauthenticated);
        (await Handle(new ForSignedIn(), Customer)).Error.ShouldBeNull();
        (await Handle(new ForSignedIn(), Admin)).Error.ShouldBeNull();
    }

    [Test]
    public async Task What_is_an_admins_is_refused_to_others()
    {
        (await Handle(new ForAdmins(), Nobody)).Error!.Kind.ShouldBe(ErrorKind.Unauthenticated);
        (await Handle(new ForAdmins(), Customer)).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
        (await Handle(new ForAdmins(), Admin)).Error.ShouldBeNull();
    }

    [Test]
    public void A_request_that_does_not_say_who_may_send_it_is_a_bug() =>
        Should.Throw<TypeInitializationException>(() => Handle(new ForNobodyKnows(), Admin)).InnerException!.Message.ShouldContain("[Access]");

    private static async Task<Result> Handle<T>(T request, ICurrentUser caller)
        where T : IRequest<Result>
    {
        var reached = false;
        var outcome = await new AuthorizationBehavior<T, Result>(caller).Handle(request, default, () =>
        {
            reached = true;
            return Task.FromResult(Result.Ok);
        });
        reached.ShouldBe(!outcome.IsFailure);
        return outcome;
    }

    [Access(Who.Anyone)]
    public sealed record ForAnyone : ICommand;

    [Access(Who.Guest)]
    public sealed record ForGuests : ICommand;

    [Access(Who.SignedIn)]
    public sealed record ForSignedIn : ICommand;

    [Access(Who.Admin)]
    public sealed record ForAdmins : ICommand;

    public sealed record ForNobodyKnows : ICommand;
}
