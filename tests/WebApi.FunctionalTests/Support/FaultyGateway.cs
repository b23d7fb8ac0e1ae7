using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Infrastructure.Payments.Sandbox;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>The sandbox, with faults that a test puts before or after its calls.</summary>
internal sealed class FaultyGateway(SandboxGateway sandbox) : IPaymentGateway
{
    /// <summary>What is thrown instead of a call, by its name.</summary>
    public Dictionary<string, Exception> Before { get; } = [];

    /// <summary>What is thrown when a call is done, by its name.</summary>
    public Dictionary<string, Exception> After { get; } = [];

    /// <summary>What happens when a call is done and before it is answered, by its name.</summary>
    public Dictionary<string, Func<Task>> Meanwhile { get; } = [];

    /// <summary>Whether what is reserved is said to be undecided yet.</summary>
    public bool IsUndecided { get; set; }

    public string Provider => sandbox.Provider;

    public Task<GatewayPayment> AuthorizeAsync(GatewayCharge charge, CancellationToken cancellationToken) =>
        CallAsync("authorize", async () => Say(await sandbox.AuthorizeAsync(charge, cancellationToken))!);

    public Task<GatewayPayment> CaptureAsync(string reference, string key, CancellationToken cancellationToken) =>
        CallAsync("capture", () => sandbox.CaptureAsync(reference, key, cancellationToken));

    public Task<GatewayPayment> VoidAsync(string reference, string key, CancellationToken cancellationToken) =>
        CallAsync("void", () => sandbox.VoidAsync(reference, key, cancellationToken));

    public Task<GatewayRefund> RefundAsync(string reference, Money amount, string key, CancellationToken cancellationToken) =>
        CallAsync("refund", () => sandbox.RefundAsync(reference, amount, key, cancellationToken));

    public Task<GatewayPayment?> FindAsync(GatewayQuery query, CancellationToken cancellationToken) =>
        CallAsync("find", async () => Say(await sandbox.FindAsync(query, cancellationToken)));

    public Task<GatewayRefund?> FindRefundAsync(string reference, string key, CancellationToken cancellationToken) =>
        CallAsync("find_refund", () => sandbox.FindRefundAsync(reference, key, cancellationToken));

    public Result<GatewayEvent> ReadWebhook(ReadOnlyMemory<byte> body, Func<string, string?> header) => sandbox.ReadWebhook(body, header);

    /// <summary>Puts the faulty one in the sandbox's place.</summary>
    public static void Register(IServiceCollection services) => services
        .AddSingleton<SandboxGateway>()
        .AddSingleton<FaultyGateway>()
        .Replace(ServiceDescriptor.Singleton<IPaymentGateway>(provider => provider.GetRequiredService<FaultyGateway>()));

    private GatewayPayment? Say(GatewayPayment? payment) =>
        IsUndecided && payment?.Status == GatewayStatus.Authorized ? payment with { Status = GatewayStatus.Pending } : payment;

    private async Task<T> CallAsync<T>(string name, Func<Task<T>> call)
    {
        if (Before.TryGetValue(name, out var before))
        {
            throw before;
        }

        var answer = await call();
        if (Meanwhile.TryGetValue(name, out var meanwhile))
        {
            await meanwhile();
        }

        return After.TryGetValue(name, out var after) ? throw after : answer;
    }
}
