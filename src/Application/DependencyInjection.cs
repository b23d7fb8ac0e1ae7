using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Application.Addresses;
using Shop.Application.Carts;
using Shop.Application.Catalog;
using Shop.Application.Common;
using Shop.Application.Common.Behaviors;
using Shop.Application.Common.Mapping;
using Shop.Application.Coupons;
using Shop.Application.Orders;
using Shop.Application.Payments;
using Shop.Application.Recommendations;
using Shop.Application.Reviews;
using Shop.Application.Users;
using Shop.Domain.Payments;

namespace Shop.Application;

/// <summary>Composes the application.</summary>
public static class DependencyInjection
{
    /// <summary>Adds the use cases, their validators and projections, and the way every request takes: log, validate, authorize, throttle, commit.</summary>
    /// <param name="services">Where to.</param>
    public static IServiceCollection AddApplication(this IServiceCollection services) =>
        services
            .AddTransient<ServiceFactory>(provider => provider.GetService!)
            .AddTransient<IMediator, Mediator>()
            .AddTransient(typeof(IPipelineBehavior<,>), typeof(LoggingBehavior<,>))
            .AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>))
            .AddTransient(typeof(IPipelineBehavior<,>), typeof(AuthorizationBehavior<,>))
            .AddTransient(typeof(IPipelineBehavior<,>), typeof(ThrottleBehavior<,>))
            .AddTransient(typeof(IPipelineBehavior<,>), typeof(UseCaseBehavior<,>))
            .AddTransient(typeof(IPipelineBehavior<,>), typeof(CommitBehavior<,>))
            .AddScoped<UseCase>()
            .AddTransient<CategoryChoice>()
            .AddTransient<CategoryEditing>()
            .AddTransient<CouponEditing>()
            .AddTransient<ReviewEditing>()
            .AddTransient<GuestCart>()
            .AddTransient<OpenCarts>()
            .AddTransient<NewOrder>()
            .AddScoped<OrderMoves>()
            .AddTransient<OrderEditing>()
            .AddTransient<IOrderExpiry, OrderExpiry>()
            .AddTransient<AddressEditing>()
            .AddTransient<OrderMoney>()
            .AddTransient<PaymentDesk>()
            .AddTransient<PaymentWatch>()
            .AddTransient<RefundDesk>()
            .AddTransient<IPaymentWork<Payment>, PaymentWork>()
            .AddTransient<IPaymentWork<Refund>, RefundWork>()
            .AddTransient<IPaymentWork<PaymentEvent>, PaymentEventWork>()
            .AddTransient<NewUser>()
            .AddTransient<ProductPicks>()
            .AddSingleton<AutoMapper.IConfigurationProvider>(_ => ShopMapping.Shared)
            .Scan(scan => scan
                .FromAssemblies(typeof(DependencyInjection).Assembly)
                .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
                .AsImplementedInterfaces()
                .WithTransientLifetime()
                .AddClasses(classes => classes.AssignableTo(typeof(IValidator<>)), publicOnly: false)
                .AsImplementedInterfaces()
                .WithSingletonLifetime());
}
