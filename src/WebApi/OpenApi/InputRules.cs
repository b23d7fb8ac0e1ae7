using System.Reflection;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using MediatR;
using Microsoft.AspNetCore.Http.Metadata;
using Shop.Application.Common;

namespace Shop.WebApi.OpenApi;

/// <summary>What the validators demand of each property that clients send.</summary>
internal sealed class InputRules
{
    private readonly Dictionary<(Type Type, string Property), Demand> _demands = [];
    private readonly HashSet<Type> _inputs = [];
    private readonly IServiceProvider _services;

    public InputRules(IServiceProvider services)
    {
        _services = services;
        foreach (var body in services.GetRequiredService<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType))
        {
            Reach(body);
        }

        foreach (var request in typeof(AccessAttribute).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IBaseRequest))))
        {
            Reach(request);
            foreach (var validator in services.GetServices(typeof(IValidator<>).MakeGenericType(request)).Cast<IValidator>())
            {
                Read(validator, request);
            }
        }
    }

    /// <summary>Whether clients send it; if not, it is an answer, which always has all its properties.</summary>
    public bool IsInput(Type type) => _inputs.Contains(type);

    /// <summary>What is demanded of a property; nothing unless said.</summary>
    public Demand Of(Type type, PropertyInfo property)
    {
        var demand = _demands.GetValueOrDefault((type, property.Name)) ?? Demand.None;
        var isOptional = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>);
        return isOptional ? demand with { IsRequired = false } : demand;
    }

    private void Reach(Type? type)
    {
        if (type?.Namespace?.StartsWith("Shop.", StringComparison.Ordinal) == true && _inputs.Add(type))
        {
            foreach (var property in type.GetProperties())
            {
                foreach (var inner in property.PropertyType.GetGenericArguments().Append(property.PropertyType))
                {
                    Reach(inner);
                }
            }
        }
    }

    private void Read(IValidator validator, Type type)
    {
        foreach (var rule in validator.CreateDescriptor().Rules)
        {
            var isOwn = rule is IIncludeRule || string.IsNullOrEmpty(rule.PropertyName);
            foreach (var component in rule.Components)
            {
                if (component.Validator is IChildValidatorAdaptor adaptor)
                {
                    Read(InnerValidator(adaptor), isOwn ? type : rule.TypeToValidate);
                }
                else if (!isOwn && !IsOfElements(rule))
                {
                    Note(type, rule, component);
                }
            }
        }
    }

    /// <summary>Whether a rule is about each element of a list, and not about the list.</summary>
    private static bool IsOfElements(IValidationRule rule) =>
        rule.GetType().GetInterfaces().Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));

    private void Note(Type type, IValidationRule rule, IRuleComponent component)
    {
        var key = (type, rule.PropertyName.Split('.')[0]);
        var demand = _demands.GetValueOrDefault(key) ?? Demand.None;
        var always = !rule.HasCondition && !component.HasCondition && rule.Member?.Name == rule.PropertyName;
        _demands[key] = component.Validator switch
        {
            INotNullValidator or INotEmptyValidator =>
                demand with { IsRequired = demand.IsRequired || always, IsNotNull = demand.IsNotNull || always || rule.Member?.Name == nameof(Optional<>.Value) },
            ILengthValidator length => demand with
            {
                MinLength = length.Min > 0 ? length.Min : demand.MinLength,
                MaxLength = length.Max > 0 ? length.Max : demand.MaxLength,
            },
            IBetweenValidator between => demand with { Minimum = $"{between.From}", Maximum = $"{between.To}" },
            _ => demand,
        };
    }

    /// <summary>A validator that another one includes: of a class of its own, or written in place with <c>ChildRules</c>.</summary>
    private IValidator InnerValidator(IChildValidatorAdaptor adaptor)
    {
        if (adaptor.ValidatorType.Namespace?.StartsWith("Shop.", StringComparison.Ordinal) == true)
        {
            return (IValidator)ActivatorUtilities.CreateInstance(_services, adaptor.ValidatorType);
        }

        var method = adaptor.GetType().GetMethod("GetValidator", BindingFlags.Public | BindingFlags.Instance)!;
        var context = Activator.CreateInstance(method.GetParameters()[0].ParameterType, [null]);
        return (IValidator)method.Invoke(adaptor, [context, null])!;
    }

    /// <summary>What is demanded of a property.</summary>
    /// <param name="IsRequired">It must be there.</param>
    /// <param name="IsNotNull">It must not be null where it is there.</param>
    /// <param name="MinLength">At least so many characters.</param>
    /// <param name="MaxLength">At most so many characters.</param>
    /// <param name="Minimum">The smallest number.</param>
    /// <param name="Maximum">The largest number.</param>
    internal sealed record Demand(bool IsRequired, bool IsNotNull, int? MinLength, int? MaxLength, string? Minimum, string? Maximum)
    {
        public static Demand None { get; } = new(false, false, null, null, null, null);
    }
}
