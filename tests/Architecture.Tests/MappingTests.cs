using System.Reflection;
using AutoMapper;
using AutoMapper.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application;
using Shop.Architecture.Tests.Support;

namespace Shop.Architecture.Tests;

/// <summary>How answers are projected, and that AutoMapper's known weakness, maps that refer to themselves, is not reached.</summary>
public sealed class MappingTests
{
    [Test]
    public void Every_projection_fills_its_whole_answer() =>
        new Rule<IConfigurationProvider>(Problems).ShouldHoldFor([Projections()], new MapperConfiguration(new Incomplete()));

    [Test]
    public void Every_projection_is_found() => Projections().GetAllTypeMaps().Length.ShouldBe(
        Layers.Application.GetTypes().Count(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Profile)) && !type.IsSubclassOf(typeof(MapperConfigurationExpression))));

    [Test]
    public void Nothing_goes_through_Map() =>
        new Rule<Type>(type => Dependencies.Of(type).Where(known => known == typeof(IMapper) || known == typeof(Mapper)).Select(known => known.Name))
            .ShouldHoldFor(
                [.. Layers.Application.Written(), .. Layers.Infrastructure.Written(), .. Layers.WebApi.Written()], typeof(MapsAnEntity));

    [Test]
    public void No_answer_refers_to_itself() =>
        new Rule<Type>(answer => Reaches(answer, answer, []) ? ["refers to itself"] : [])
            .ShouldHoldFor([.. Projections().GetAllTypeMaps().Select(map => map.DestinationType)], typeof(Loop), typeof(LongLoop));

    private static IConfigurationProvider Projections() =>
        new ServiceCollection().AddApplication().BuildServiceProvider().GetRequiredService<IConfigurationProvider>();

    private static IEnumerable<string> Problems(IConfigurationProvider configuration)
    {
        try
        {
            configuration.AssertConfigurationIsValid();
            return [];
        }
        catch (AutoMapperConfigurationException exception)
        {
            return [exception.Message];
        }
    }

    private static bool Reaches(Type from, Type wanted, HashSet<Type> seen) =>
        from.GetProperties()
            .SelectMany(property => property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments() : [property.PropertyType])
            .Where(type => type.IsClass && type != typeof(string) && seen.Add(type))
            .Any(type => type == wanted || Reaches(type, wanted, seen));

    public sealed record Loop(IReadOnlyList<Loop> Children);

    public sealed record LongLoop(LongLoop.Middle? Next)
    {
        public sealed record Middle(LongLoop? Back);
    }

    private sealed class MapsAnEntity(IMapper mapper)
    {
        public string Map(object entity) => mapper.Map<string>(entity);
    }

    private sealed class Incomplete : MapperConfigurationExpression, IProfileConfiguration
    {
        public Incomplete() => AddProfile(new Maps());

        IEnumerable<MethodInfo> IProfileConfiguration.SourceExtensionMethods => [];

        private sealed class Maps : Profile, IProfileConfiguration
        {
            public Maps() => CreateMap<Uri, Unfillable>();

            IEnumerable<MethodInfo> IProfileConfiguration.SourceExtensionMethods => [];
        }
    }

    private sealed class Unfillable
    {
        public int Missing { get; set; }
    }
}
