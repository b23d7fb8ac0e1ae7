using System.Reflection;
using Shop.Application.Common;
using Shop.WebApi.Http;

namespace Shop.WebApi.OpenApi;

/// <summary>What a route's metadata and its method say.</summary>
internal sealed class EndpointFacts
{
    private readonly IList<object> _metadata;
    private readonly MethodInfo? _method;

    public EndpointFacts(IList<object> metadata)
    {
        _metadata = metadata;
        _method = Find<MethodInfo>();
    }

    public string? OperationId => _method?.Name;

    public Type? Request => Find<SentRequest>()?.Type;

    public Who? Access => Find<AccessAttribute>()?.Who;

    public bool IsCommand => Request?.IsAssignableTo(typeof(ICommandMarker)) == true;

    public T? Find<T>()
        where T : class => All<T>().LastOrDefault();

    public IEnumerable<T> All<T>() => _metadata.OfType<T>();

    /// <summary>Whether the method has a parameter of this type.</summary>
    public bool Binds<T>() => _method?.GetParameters().Any(parameter => parameter.ParameterType == typeof(T)) == true;

    /// <summary>What the method answers with, if it answers with such a result: the T of a <c>Found&lt;T&gt;</c>.</summary>
    public Type? AnswerOf(Type result)
    {
        var returned = _method?.ReturnType;
        while (returned is { IsGenericType: true } && returned.GetGenericTypeDefinition() is var definition && definition != result)
        {
            if (definition.Name.StartsWith("Results`", StringComparison.Ordinal))
            {
                return returned.GetGenericArguments()
                    .FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == result)?.GetGenericArguments()[0];
            }

            returned = returned.GetGenericArguments()[0];
        }

        return returned is { IsGenericType: true } ? returned.GetGenericArguments()[0] : null;
    }
}
