using System.Reflection;
using System.Text.RegularExpressions;
using Shop.Application.Common;
using Shop.Architecture.Tests.Support;
using Shop.Domain.Common;

namespace Shop.Architecture.Tests;

/// <summary>What the domain guards itself.</summary>
public sealed partial class DomainTests
{
    private const BindingFlags AnyStatic = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Aggregates and what lies in them: everything with an id.</summary>
    private static readonly Type[] Entities =
        [.. Layers.Domain.Written().Where(type => type is { IsClass: true, IsAbstract: false } && type.GetProperty("Id") is not null && !IsRecord(type))];

    [Test]
    public void Entities_are_changed_by_their_methods_alone() =>
        new Rule<Type>(entity => entity.GetProperties().Where(property => property.SetMethod?.IsPublic == true).Select(property => property.Name))
            .ShouldHoldFor(Entities, typeof(OpenEntity));

    [Test]
    public void Entities_are_born_by_their_factories_alone() =>
        new Rule<Type>(entity => entity.GetConstructors().Select(constructor => $"has {constructor}"))
            .ShouldHoldFor(Entities, typeof(OpenEntity));

    [Test]
    public void Entities_give_no_list_away_that_can_be_changed() =>
        new Rule<Type>(entity => entity.GetProperties()
                .Where(property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() is var list
                    && (list == typeof(List<>) || list == typeof(IList<>) || list == typeof(ICollection<>)))
                .Select(property => property.Name))
            .ShouldHoldFor(Entities, typeof(OpenEntity));

    [Test]
    public void Every_aggregate_is_found() =>
        Entities.Where(type => type.IsSubclassOf(typeof(AggregateRoot))).Count().ShouldBe(
            Layers.Domain.GetTypes().Count(type => type.IsSubclassOf(typeof(AggregateRoot))));

    [Test]
    public void Codes_of_errors_are_snake_case() =>
        new Rule<Error>(error => SnakeCase().IsMatch(error.Code) ? [] : [error.Code])
            .ShouldHoldFor(Errors(), new Error(ErrorKind.Conflict, "NotSnake", "x"), new Error(ErrorKind.Conflict, "not-snake", "x"));

    [Test]
    public void A_code_has_one_status_and_one_home_but_for_the_one_that_names_fields() =>
        new Rule<IGrouping<string, NamedError>>(code => code.Select(named => (named.Error.Kind, named.Home)).Distinct().Skip(1).Select(other => other.ToString()))
            .ShouldHoldFor(
                [.. NamedErrors().Where(named => named.Error.Code != ValidationErrors.Code).GroupBy(named => named.Error.Code)],
                SameCode(new(typeof(string), Taken(ErrorKind.Conflict)), new(typeof(int), Taken(ErrorKind.Conflict))),
                SameCode(new(typeof(string), Taken(ErrorKind.Conflict)), new(typeof(string), Taken(ErrorKind.Invalid))));

    [Test]
    public void Details_are_sentences() =>
        new Rule<Error>(error => error.Detail.EndsWith('.') && char.IsUpper(error.Detail[0]) ? [] : [error.Detail])
            .ShouldHoldFor(Errors(), new Error(ErrorKind.Conflict, "x", "no sentence"));

    [Test]
    public void Fields_of_errors_are_snake_case() =>
        new Rule<Error>(error => error.Fields!.Keys.Where(field => !SnakeCase().IsMatch(field)))
            .ShouldHoldFor([.. Errors().Where(error => error.Fields is not null)], Error.InvalidField("notSnake", "x", "x"));

    /// <summary>Every error that the code names, those that take parameters with samples.</summary>
    private static List<NamedError> NamedErrors() =>
    [
        .. new[] { Layers.Domain, Layers.Application, Layers.Infrastructure, Layers.WebApi }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => ErrorsOf(type).Select(error => new NamedError(type, error))),
    ];

    private static List<Error> Errors() => [.. NamedErrors().Select(named => named.Error)];

    private static IEnumerable<Error> ErrorsOf(Type type)
    {
        if (type.ContainsGenericParameters || type == typeof(Error))
        {
            return [];
        }

        var fields = type.GetFields(AnyStatic).Where(field => field.FieldType == typeof(Error)).Select(field => field.GetValue(null));
        var properties = type.GetProperties(AnyStatic).Where(property => property.PropertyType == typeof(Error)).Select(property => property.GetValue(null));
        var methods = type.GetMethods(AnyStatic)
            .Where(method => type.Name.EndsWith("Errors", StringComparison.Ordinal) && type.Assembly == Layers.Domain
                && method.ReturnType == typeof(Error) && !method.IsSpecialName)
            .Select(method => method.Invoke(null, [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType))]));
        return fields.Concat(properties).Concat(methods).OfType<Error>();
    }

    private static object? Sample(Type type) => type switch
    {
        _ when type == typeof(string) => "x",
        _ when type.IsValueType => Activator.CreateInstance(type),
        { IsGenericType: true } => Array.CreateInstance(type.GetGenericArguments()[0], 0),
        _ => null,
    };

    private static Error Taken(ErrorKind kind) => new(kind, "taken", "It is taken.");

    private static IGrouping<string, NamedError> SameCode(params NamedError[] errors) => errors.GroupBy(named => named.Error.Code).Single();

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();

    /// <summary>An error, and the class that it is kept in.</summary>
    private sealed record NamedError(Type Home, Error Error);

    public sealed class OpenEntity
    {
        public long Id { get; set; }

        public List<string> Items { get; } = [];
    }
}
