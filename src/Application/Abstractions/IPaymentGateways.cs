namespace Shop.Application.Abstractions;

/// <summary>The payment providers that are configured.</summary>
public interface IPaymentGateways
{
    /// <summary>The one that new payments go to; null when none is named.</summary>
    IPaymentGateway? Current { get; }

    /// <summary>The one of a name; null when it is not configured any more.</summary>
    /// <param name="provider">Its name, as stored with payments.</param>
    IPaymentGateway? Find(string provider);
}
