using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Application.Common.Paging;
using Shop.Architecture.Tests.Support;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>That every specification becomes T-SQL, in every way that a repository uses it, with every answer that its aggregate has.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class SpecificationTests
{
    private const string Samples = "tests/Architecture.Tests/SqlServer/SpecificationSamples.cs";

    private static readonly Type[] RunOnEither = [typeof(Queryable), typeof(Enumerable), typeof(string), typeof(Math), typeof(DateTimeOffset), typeof(DateTime), typeof(object)];

    private static IEnumerable<string> Names => SpecificationSamples.All.Keys;

    /// <summary>Every method of the solution that makes a specification for others.</summary>
    private static IReadOnlyList<MethodInfo> Factories { get; } =
    [
        .. new[] { Layers.Domain, Layers.Application, Layers.Infrastructure }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type != typeof(SpecificationSamples))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsPrivate && method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Specification<>)),
    ];

    [Test]
    public void Every_specification_has_a_sample_of_arguments()
    {
        Factories.ShouldNotBeEmpty();
        var wanted = Factories.Select(Name).Order(StringComparer.Ordinal).ToList();

        wanted.Except(SpecificationSamples.All.Keys).Select(name => $"Add [\"{name}\"] = [() => {name.Split('(')[0]}(…)] to {Samples}").ShouldBeEmpty();
        SpecificationSamples.All.Keys.Except(wanted).Select(name => $"Remove [\"{name}\"] from {Samples}: there is no such specification").ShouldBeEmpty();
    }

    [TestCaseSource(nameof(Names))]
    public async Task It_becomes_T_SQL(string name)
    {
        foreach (var sample in SpecificationSamples.All[name])
        {
            var specification = sample();
            var run = typeof(SpecificationTests).GetMethod(nameof(RunAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(specification.GetType().GetGenericArguments()[0]);

            var statements = await (Task<IReadOnlyList<string>>)run.Invoke(null, [specification])!;

            statements.ShouldNotBeEmpty();
            statements.SelectMany(TSql.Refused).ShouldBeEmpty();
        }
    }

    [Test]
    public async Task What_only_PostgreSQL_can_do_is_noticed() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(new Specification<Domain.Catalog.Product>(query =>
            query.Where(product => EF.Functions.ILike(product.Name, "%lamp%"))))))
        .Message.ShouldContain("could not be translated");

    [Test]
    public async Task No_projection_calls_what_only_the_shop_can_run()
    {
        await using var shop = new OfflineShop();
        var mapping = shop.Get<AutoMapper.IConfigurationProvider>();
        new Rule<LambdaExpression>(projection => ClientCalls.In(projection).Select(method => $"{method.DeclaringType}.{method.Name} runs in the shop"))
            .ShouldHoldFor(
                [
                    .. mapping.GetAllTypeMaps().SelectMany(map =>
                        mapping.ExpressionBuilder.GetMapExpression(map.SourceType, map.DestinationType, new Dictionary<string, object>(), [])),
                ],
                (Expression<Func<Domain.Catalog.Product, string>>)(product => Shout(product.Name)));
    }

    private static string Name(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})";

    private static string Shout(string text) => text + "!";

    /// <summary>All that a repository does with a specification.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync<T>(Specification<T> specification)
        where T : class
    {
        await using var shop = new OfflineShop();
        var repository = shop.Get<IRepository<T>>();
        var hasVersion = shop.Db.Model.FindEntityType(typeof(T))!.FindProperty(nameof(AggregateRoot.Version)) is not null;
        if (hasVersion)
        {
            await repository.FindForUpdateAsync(specification, default);
        }

        await repository.AnyAsync(specification, default);
        await repository.CountAsync(specification, default);
        foreach (var answer in shop.Get<AutoMapper.IConfigurationProvider>().GetAllTypeMaps().Where(map => map.SourceType == typeof(T)).Select(map => map.DestinationType))
        {
            var read = typeof(SpecificationTests).GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(typeof(T), answer);
            await (Task)read.Invoke(null, [shop, repository, specification])!;
        }

        return shop.Recorder.Statements;
    }

    private static async Task ReadAsync<T, TAnswer>(OfflineShop shop, IRepository<T> repository, Specification<T> specification)
        where T : class
        where TAnswer : class
    {
        await repository.GetAsync<TAnswer>(specification, default);
        await repository.ListAsync<TAnswer>(specification, default);
        if (specification.OrderExpressions.Count > 0)
        {
            object[] keys = [.. specification.OrderExpressions.Select(key => SampleOf(key.KeySelector.ReturnType))];
            var cursor = shop.Get<CursorProtector>().Write(keys, "scope");
            (await repository.GetPageAsync<TAnswer>(specification, new PageRequest(20, null, Count: true, "scope"), default)).IsFailure.ShouldBeFalse();
            (await repository.GetPageAsync<TAnswer>(specification, new PageRequest(20, cursor, Count: false, "scope"), default)).IsFailure.ShouldBeFalse();
        }
    }

    private static object SampleOf(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(DateTimeOffset) ? OfflineShop.Now
        : type == typeof(Money) ? Money.From(1)
        : Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class ClientCalls : ExpressionVisitor
    {
        private readonly List<MethodInfo> _found = [];

        public static List<MethodInfo> In(Expression expression)
        {
            var calls = new ClientCalls();
            calls.Visit(expression);
            return calls._found;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (!RunOnEither.Contains(node.Method.DeclaringType))
            {
                _found.Add(node.Method);
            }

            return base.VisitMethodCall(node);
        }
    }
}
