using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Shop.Application.Abstractions;
using Shop.Application.Common.Behaviors;
using Shop.Application.Users;
using Shop.Domain.Common;

namespace Shop.Application.UnitTests.Common.Behaviors;

/// <summary>The way of every request, as it is composed.</summary>
public sealed class PipelineTests
{
    private static readonly SignOut Valid = new("token");

    [Test]
    public void It_is_log_validate_authorize_throttle_name_commit() =>
        Compose(new Mock<ISessions>(), new Mock<IUnitOfWork>()).GetServices<IPipelineBehavior<SignOut, Result>>()
            .Select(behavior => behavior.GetType().GetGenericTypeDefinition())
            .ShouldBe(
            [
                typeof(LoggingBehavior<,>),
                typeof(ValidationBehavior<,>),
                typeof(AuthorizationBehavior<,>),
                typeof(ThrottleBehavior<,>),
                typeof(UseCaseBehavior<,>),
                typeof(CommitBehavior<,>),
            ]);

    [Test]
    public async Task A_valid_command_reaches_its_handler_inside_the_unit_of_work()
    {
        var sessions = new Mock<ISessions>();
        var unitOfWork = new Mock<IUnitOfWork>();
        unitOfWork.Setup(each => each.ExecuteAsync(It.IsAny<Func<Task<Result>>>(), It.IsAny<CancellationToken>()))
            .Returns((Func<Task<Result>> work, CancellationToken _, bool _, bool _) => work());

        (await Compose(sessions, unitOfWork).GetRequiredService<IMediator>().Send(Valid)).IsFailure.ShouldBeFalse();

        sessions.Verify(each => each.EndAsync("token", It.IsAny<CancellationToken>()), Times.Once);
        unitOfWork.Verify(each => each.ExecuteAsync(It.IsAny<Func<Task<Result>>>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task An_invalid_one_opens_no_unit_of_work()
    {
        var unitOfWork = new Mock<IUnitOfWork>(MockBehavior.Strict);

        var outcome = await Compose(new Mock<ISessions>(MockBehavior.Strict), unitOfWork).GetRequiredService<IMediator>().Send(new SignOut(null));

        outcome.Error!.Fields!.Keys.ShouldBe(["refresh_token"]);
    }

    private static ServiceProvider Compose(Mock<ISessions> sessions, Mock<IUnitOfWork> unitOfWork) =>
        new ServiceCollection()
            .AddApplication()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(sessions.Object)
            .AddSingleton(unitOfWork.Object)
            .AddSingleton(Mock.Of<ICurrentUser>())
            .AddSingleton(Mock.Of<ISignInThrottle>())
            .BuildServiceProvider();
}
