using Shop.Infrastructure.Memory;

namespace Shop.Infrastructure.IntegrationTests.Memory;

internal sealed class CollectionPlanTests
{
    private const int Pause = 50;
    private readonly ManualClock _clock = new() { Now = 1_000_000 };

    [TestCase(CollectionPlan.Large - 1, false)]
    [TestCase(CollectionPlan.Large, true)]
    [TestCase(CollectionPlan.InUse - 1, true)]
    [TestCase(CollectionPlan.InUse, false)]
    public void A_process_is_collected_that_is_large_but_not_by_what_is_in_use(long size, bool isDue) =>
        new CollectionPlan(_clock).IsDue(size).ShouldBe(isDue);

    [TestCase(CollectionPlan.Urgent - 1, CollectionPlan.Gain, CollectionPlan.Urgent - 1, 30, Description = "not urgent")]
    [TestCase(CollectionPlan.Urgent - 1, CollectionPlan.Gain, CollectionPlan.Urgent, 10)]
    [TestCase(CollectionPlan.Urgent - 1, CollectionPlan.Gain - 1, CollectionPlan.Urgent, 30, Description = "of no use")]
    [TestCase(CollectionPlan.Urgent, CollectionPlan.Gain, CollectionPlan.Urgent, 30, Description = "in use")]
    public void Between_collections_their_time_is_spared_many_times_and_fewer_where_it_is_urgent_and_of_use(long left, long gain, long size, int times)
    {
        var plan = new CollectionPlan(_clock);
        Collect(plan, left, gain);

        ShouldSpare(plan, size, times);
    }

    [Test]
    public void The_last_collection_decides_whether_they_are_of_use()
    {
        var plan = new CollectionPlan(_clock);
        Collect(plan, CollectionPlan.Large, CollectionPlan.Gain);
        Collect(plan, CollectionPlan.Urgent, CollectionPlan.Gain);

        ShouldSpare(plan, CollectionPlan.Urgent, 30);
    }

    private void Collect(CollectionPlan plan, long left, long gain)
    {
        var started = _clock.Now;
        _clock.Now += Pause;
        plan.Collected(started, left + gain, left);
    }

    private void ShouldSpare(CollectionPlan plan, long size, int times)
    {
        _clock.Now += (times * Pause) - 1;
        plan.IsDue(size).ShouldBeFalse();
        _clock.Now++;
        plan.IsDue(size).ShouldBeTrue();
    }
}
