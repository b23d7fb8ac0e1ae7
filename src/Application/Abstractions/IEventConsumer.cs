using Shop.Domain.Outbox;

namespace Shop.Application.Abstractions;

/// <summary>
/// Does what follows from events, after they were committed. Each consumer gets every event that it wants at least once, those of one
/// aggregate in their order, whatever other consumers do. One that throws is tried again after a pause, ten times in all; then the
/// delivery is dead, later events of the aggregate go on, and an admin may send it again.
/// </summary>
public interface IEventConsumer
{
    /// <summary>What its deliveries are filed under; snake_case, never changed.</summary>
    static abstract string Name { get; }

    /// <summary>Whether it wants events of a type. Asked when the event is stored: a new consumer gets what happens from then on.</summary>
    /// <param name="type">One of <see cref="Domain.Common.EventTypes.All"/>.</param>
    static abstract bool Wants(string type);

    /// <summary>
    /// Whether all that it does is write to the shop's database. It then runs in one unit of work with the note that it is done, which
    /// makes its effect happen exactly once. Whatever touches the outside may happen twice, and tells receivers the event's id.
    /// </summary>
    static virtual bool IsTransactional => false;

    /// <summary>
    /// Whether it has work only while another system subscribes to events. What happens while none does is stored without a delivery to
    /// it, which saves the database most of what an event costs.
    /// </summary>
    static virtual bool NeedsSubscribers => false;

    /// <summary>Does its work for one event, in a scope of its own.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="cancellationToken">Gives up: after 30 seconds, or when the shop stops.</param>
    Task HandleAsync(OutboxEvent happened, CancellationToken cancellationToken);
}
