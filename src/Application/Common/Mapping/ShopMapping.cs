using System.Reflection;
using AutoMapper;
using AutoMapper.Configuration;

namespace Shop.Application.Common.Mapping;

/// <summary>How an answer is projected from an aggregate; one beside each answer.</summary>
/// <remarks>
/// AutoMapper 8 scans System.Linq.Enumerable for parameterless extension methods, which newer runtimes don't survive; both the
/// configuration and every profile answer with none.
/// </remarks>
internal abstract class AnswerProfile : Profile, IProfileConfiguration
{
    IEnumerable<MethodInfo> IProfileConfiguration.SourceExtensionMethods => [];
}

/// <summary>All projections of the application.</summary>
internal sealed class ShopMapping : MapperConfigurationExpression, IProfileConfiguration
{
    private static readonly Lazy<MapperConfiguration> Made = new(Make);

    IEnumerable<MethodInfo> IProfileConfiguration.SourceExtensionMethods => [];

    /// <summary>They are code alone, so all shops of a process share them.</summary>
    public static MapperConfiguration Shared => Made.Value;

    private static MapperConfiguration Make()
    {
        var mapping = new ShopMapping();
        foreach (var profile in typeof(ShopMapping).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(AnswerProfile))))
        {
            mapping.AddProfile(profile);
        }

        return new MapperConfiguration(mapping);
    }
}
