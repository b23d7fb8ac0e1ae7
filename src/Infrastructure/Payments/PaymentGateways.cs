using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Payments;

internal sealed class PaymentGateways(IEnumerable<IPaymentGateway> gateways, ShopSettings settings) : IPaymentGateways
{
    private readonly Dictionary<string, IPaymentGateway> _byName = gateways.ToDictionary(gateway => gateway.Provider, StringComparer.Ordinal);

    public IPaymentGateway? Current { get; } =
        settings.PaymentProvider is { } provider ? gateways.FirstOrDefault(gateway => gateway.Provider.Equals(provider.ToString(), StringComparison.OrdinalIgnoreCase)) : null;

    public IPaymentGateway? Find(string provider) => _byName.GetValueOrDefault(provider);
}
