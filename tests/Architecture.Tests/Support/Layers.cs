using System.Reflection;
using MediatR;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Architecture.Tests.Support;

/// <summary>What the tests look at.</summary>
internal static class Layers
{
    public static Assembly Domain { get; } = typeof(Error).Assembly;

    public static Assembly Application { get; } = typeof(AccessAttribute).Assembly;

    public static Assembly Infrastructure { get; } = typeof(Infrastructure.ShopSettings).Assembly;

    public static Assembly WebApi { get; } = typeof(Program).Assembly;

    /// <summary>Everything that can be sent, such as <c>CreateProduct</c>.</summary>
    public static IReadOnlyList<Type> Requests { get; } =
        [.. Application.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true } && AnswerOf(type) is not null)];

    /// <summary>What serves requests.</summary>
    public static IReadOnlyList<Type> Handlers { get; } =
        [.. Application.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true } && RequestOf(type) is not null)];

    /// <summary>The type of a request's answer; null for what is no request.</summary>
    public static Type? AnswerOf(Type request) => Argument(request, typeof(IRequest<>), 0);

    /// <summary>The request that a handler serves; null for what is no handler.</summary>
    public static Type? RequestOf(Type handler) => Argument(handler, typeof(IRequestHandler<,>), 0);

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static Type? Argument(Type type, Type generic, int index) =>
        type.GetInterfaces().FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == generic)?.GetGenericArguments()[index];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Shop.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Shop.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
