using System.Collections;
using System.Reflection;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Architecture.Tests.Support;
using Shop.Domain.Common;

namespace Shop.Architecture.Tests;

/// <summary>The shape of use cases.</summary>
public sealed class RequestTests
{
    [Test]
    public void Every_request_says_who_may_send_it() =>
        new Rule<Type>(request => Wrong(request.GetCustomAttribute<AccessAttribute>() is null, "has no [Access]"))
            .ShouldHoldFor(Layers.Requests, typeof(BadRequest));

    [Test]
    public void Every_request_answers_with_a_result() =>
        new Rule<Type>(request => Wrong(Layers.AnswerOf(request) is not { } answer
                || (answer != typeof(Result) && !(answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(Result<>))), "answers with no Result"))
            .ShouldHoldFor(Layers.Requests, typeof(BadRequest));

    [Test]
    public void Every_request_is_either_a_command_or_a_query() =>
        new Rule<Type>(request => Wrong(request.IsAssignableTo(typeof(ICommandMarker)) == IsQuery(request), "is neither or both"))
            .ShouldHoldFor(Layers.Requests, typeof(BadRequest));

    [Test]
    public void Every_request_has_one_handler() =>
        new Rule<Type>(request => Wrong(Layers.Handlers.Count(handler => Layers.RequestOf(handler) == request) != 1, "has not one handler"))
            .ShouldHoldFor(Layers.Requests, typeof(BadRequest));

    [Test]
    public void Every_handler_is_internal_and_sealed() =>
        new Rule<Type>(handler => Wrong(handler.IsVisible || !handler.IsSealed, "is public or open"))
            .ShouldHoldFor(Layers.Handlers, typeof(BadHandler));

    [Test]
    public void Every_handler_stands_in_its_requests_file() =>
        new Rule<Type>(handler =>
            {
                var request = Layers.RequestOf(handler)!;
                var file = Path.Combine(Layers.Root, "src", "Application", request.Namespace!["Shop.".Length..].Replace("Application.", ""), request.Name + ".cs");
                return Wrong(
                    handler.Name != request.Name + "Handler" || handler.Namespace != request.Namespace
                        || !File.Exists(file) || !File.ReadAllText(file).Contains($"class {handler.Name}", StringComparison.Ordinal),
                    $"is not in {file} as {request.Name}Handler");
            })
            .ShouldHoldFor(Layers.Handlers, typeof(BadHandler));

    [Test]
    public void No_handler_saves_unless_its_command_manages_transactions() =>
        new Rule<Type>(handler => Wrong(
                Dependencies.Of(handler).Contains(typeof(IUnitOfWork)) && !Layers.RequestOf(handler)!.IsAssignableTo(typeof(IManagesTransactions)),
                "uses IUnitOfWork"))
            .ShouldHoldFor(Layers.Handlers, typeof(BadHandler));

    [Test]
    public void No_query_can_change_anything() =>
        new Rule<Type>(handler => Dependencies.Of(handler)
                .Where(known => known == typeof(IUnitOfWork) || known == typeof(IStock) || known == typeof(ICoupons) || known == typeof(ILocks)).Select(known => known.Name))
            .ShouldHoldFor([.. Layers.Handlers.Where(handler => IsQuery(Layers.RequestOf(handler)!))], typeof(BadHandler));

    [Test]
    public void Every_list_is_read_page_by_page() =>
        new Rule<Type>(query =>
            {
                var answer = Layers.AnswerOf(query)!.GetGenericArguments()[0];
                return Wrong(answer.IsAssignableTo(typeof(IEnumerable)) || (IsPage(answer) && !query.IsAssignableTo(typeof(IPaged))), "lists without pages");
            })
            .ShouldHoldFor([.. Layers.Requests.Where(IsQuery)], typeof(BadList));

    private static bool IsQuery(Type request) =>
        request.GetInterfaces().Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IQuery<>));

    private static bool IsPage(Type answer) => answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(Page<>);

    private static IEnumerable<string> Wrong(bool isWrong, string why) => isWrong ? [why] : [];

    public sealed record BadRequest : IRequest<string>;

    public sealed record BadList : IQuery<IReadOnlyList<string>>;

    public class BadHandler(IUnitOfWork unitOfWork) : IRequestHandler<BadRequest, string>
    {
        public Task<string> Handle(BadRequest request, CancellationToken cancellationToken) => Task.FromResult(unitOfWork.ToString()!);
    }
}
