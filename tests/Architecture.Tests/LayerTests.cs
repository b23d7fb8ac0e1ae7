using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Shop.Architecture.Tests.Support;

namespace Shop.Architecture.Tests;

/// <summary>The arrows between the layers.</summary>
public sealed class LayerTests
{
    private static readonly string[] Providers = ["Npgsql", "Microsoft.Data.SqlClient", "Microsoft.EntityFrameworkCore.SqlServer"];

    /// <summary>The local database is a PostgreSQL server that the shop starts by itself, so it knows how one is spoken to.</summary>
    private static readonly string[] HomesOfProviders =
    [
        "Shop.Infrastructure.Persistence.PostgreSql",
        "Shop.Infrastructure.Persistence.SqlServer",
        "Shop.Infrastructure.LocalDatabase",
    ];

    [Test]
    public void The_domain_knows_nothing_but_the_base_class_library() =>
        new Rule<Assembly>(assembly => References(assembly).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)))
            .ShouldHoldFor([Layers.Domain], Layers.Application);

    [Test]
    public void The_application_knows_neither_database_nor_web() =>
        new Rule<Assembly>(assembly => References(assembly).Where(name =>
                IsOf(name, "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Data", "Npgsql", "Shop.Infrastructure", "Shop.WebApi")))
            .ShouldHoldFor([Layers.Application], Layers.Infrastructure, Layers.WebApi);

    [Test]
    public void The_infrastructure_does_not_know_the_web_api() =>
        new Rule<Assembly>(assembly => References(assembly).Where(name => IsOf(name, "Shop.WebApi")))
            .ShouldHoldFor([Layers.Infrastructure], typeof(LayerTests).Assembly);

    /// <summary>What was configured is the one thing of it that may be known everywhere.</summary>
    [Test]
    public void The_web_api_uses_the_infrastructure_only_to_compose_it() =>
        new Rule<Type>(type => Dependencies.Of(type)
                .Where(known => known.Assembly == Layers.Infrastructure && known != typeof(Infrastructure.ShopSettings))
                .Select(known => known.FullName!))
            .ShouldHoldFor([.. Layers.WebApi.Written().Where(type => !ComposesTheShop(type))], typeof(UsesInfrastructureInABody));

    [Test]
    public void The_web_api_and_the_application_never_name_a_database() =>
        new Rule<Assembly>(assembly => References(assembly).Where(name => IsOf(name, [.. Providers, "Microsoft.EntityFrameworkCore"])))
            .ShouldHoldFor([Layers.WebApi, Layers.Application], Layers.Infrastructure);

    [Test]
    public void A_databases_own_driver_is_named_only_where_that_database_lives() =>
        new Rule<Type>(type => Dependencies.Of(type).Where(known => IsOf(known.Assembly.GetName().Name!, Providers)).Select(known => known.FullName!))
            .ShouldHoldFor([.. Layers.Infrastructure.Written().Where(type => !IsOf(type.Namespace!, HomesOfProviders))], typeof(NamesADriver));

    /// <summary>What differs between them stands behind an interface; to ask which one it is would be an <c>if</c> of its own.</summary>
    [Test]
    public void Nobody_asks_which_database_it_is() =>
        new Rule<string>(file => QuestionsIn(File.ReadAllText(file)))
            .ShouldHoldFor(
                [
                    .. Directory.EnumerateFiles(Path.Combine(Layers.Root, "src"), "*.cs", SearchOption.AllDirectories)
                        .Where(file => !Homes.Any(home => file.Contains(home, StringComparison.Ordinal))),
                ],
                BadSample.Path);

    [Test]
    public void Homes_of_databases_are_there() =>
        HomesOfProviders.ShouldAllBe(home => Layers.Infrastructure.Written().Any(type => IsOf(type.Namespace!, home)));

    private static string[] Homes { get; } =
        [.. new[] { "PostgreSql", "SqlServer" }.Select(home => $"{Path.DirectorySeparatorChar}Persistence{Path.DirectorySeparatorChar}{home}{Path.DirectorySeparatorChar}")];

    private static IEnumerable<string> QuestionsIn(string source) =>
        new[] { "IsNpgsql(", "IsSqlServer(", ".ProviderName" }.Where(question => source.Contains(question, StringComparison.Ordinal));

    private static bool ComposesTheShop(Type type) => type == typeof(Program) || type.Namespace == "Shop.WebApi.Startup";

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    private static bool IsOf(string name, params string[] roots) =>
        roots.Any(root => name == root || name.StartsWith(root + ".", StringComparison.Ordinal));

    private sealed class UsesInfrastructureInABody
    {
        public static string Name() => new Infrastructure.SettingException("x").Message;
    }

    private sealed class NamesADriver
    {
        public static void Configure(DbContextOptionsBuilder options) => options.UseNpgsql();
    }

    /// <summary>A file that asks: this one.</summary>
    private static class BadSample
    {
        public static string Path => System.IO.Path.Combine(Layers.Root, "tests", "Architecture.Tests", "LayerTests.cs");
    }
}
