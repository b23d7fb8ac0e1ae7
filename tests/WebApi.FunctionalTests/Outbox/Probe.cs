using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Shop.Domain.Outbox;
using Shop.Infrastructure.Outbox;

namespace Shop.WebApi.FunctionalTests.Outbox;

/// <summary>A consumer that notes what it gets and does what the test says, on as many nodes as there are.</summary>
internal sealed class Probe(string name = "probe", bool isTransactional = false)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<OutboxEvent> _begun = new();
    private readonly SemaphoreSlim _changed = new(0);

    /// <summary>What it does with an event; nothing unless said.</summary>
    public Func<IServiceProvider, OutboxEvent, CancellationToken, Task> Behaviour { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Which events it wants; products' unless said.</summary>
    public Func<string, bool> Wants { get; init; } = type => type.StartsWith("product.", StringComparison.Ordinal);

    /// <summary>What it got, in the order in which it got it; attempts that failed too.</summary>
    public IReadOnlyList<OutboxEvent> Begun => [.. _begun];

    /// <summary>Lets a shop send it events.</summary>
    public void AddTo(IServiceCollection services) => services.AddSingleton(new EventConsumer(name, Wants, isTransactional, HandleAsync));

    /// <summary>Waits until it got what the test waits for.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<OutboxEvent>, bool> isThere)
    {
        while (!isThere(Begun))
        {
            (await _changed.WaitAsync(Patience)).ShouldBeTrue($"It got only {string.Join(", ", Begun.Select(each => $"{each.Type} {each.AggregateId}"))}.");
        }
    }

    private Task HandleAsync(IServiceProvider services, OutboxEvent happened, CancellationToken cancellationToken)
    {
        _begun.Enqueue(happened);
        _changed.Release();
        return Behaviour(services, happened, cancellationToken);
    }
}
