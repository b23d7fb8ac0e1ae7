using Shop.Infrastructure.Memory;

namespace Shop.Infrastructure.IntegrationTests.Memory;

internal sealed class CollectionPlanTests
{
    private const int Pause = 50;
    private readonly ManualClock _clock = new() { Now = 1_000_000 };

    [TestCase(CollectionPlan.Large - 1, false)]
    [TestCase(CollectionPlan.Large, true)]
    [TestCase(CollectionPlan.MuchLarger - 1, true)]
    [TestCase(CollectionPlan.MuchLarger, false)]
    public void A_process_is_collected_that_is_large_but_not_by_what_is_in_use(long size, bool isDue) =>
        new CollectionPlan(_clock).IsDue(size).ShouldBe(isDue);

    [TestCase(CollectionPlan.TooLarge - 1, CollectionPlan.TooLarge - 1, 30)]
    [TestCase(CollectionPlan.TooLarge - 1, CollectionPlan.TooLarge, 10)]
    [TestCase(CollectionPlan.TooLarge, CollectionPlan.TooLarge, 30)]
    public void Between_collections_their_time_is_spared_many_times_and_fewer_where_it_is_urgent_and_of_use(long left, long size, int times)
    {
        var plan = new CollectionPlan(_clock);
        var started = _clock.Now;
        _clock.Now += Pause;
        plan.Collected(started, left);

        _clock.Now += (times * Pause) - 1;
        plan.IsDue(size).ShouldBeFalse();
        _clock.Now++;
        plan.IsDue(size).ShouldBeTrue();
    }
}
