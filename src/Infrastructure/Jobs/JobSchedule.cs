using Quartz;

namespace Shop.Infrastructure.Jobs;

/// <summary>When a job runs. What was missed while no node was up is made up for once.</summary>
internal abstract record JobSchedule
{
    private JobSchedule()
    {
    }

    /// <summary>Again and again; first when the shop has run for a while, so that starting it does nothing else.</summary>
    /// <param name="interval">From one start of the job to the next.</param>
    /// <param name="firstAfter">How long after the first start of the first node; a minute unless said.</param>
    public static JobSchedule Every(TimeSpan interval, TimeSpan? firstAfter = null) => new Interval(interval, firstAfter ?? TimeSpan.FromMinutes(1));

    /// <summary>At times of the calendar.</summary>
    /// <param name="expression">Seconds, minutes, hours, day of month, month, day of week.</param>
    /// <param name="timeZone">Whose clock.</param>
    public static JobSchedule At(string expression, TimeZoneInfo timeZone) => new Calendar(expression, timeZone);

    /// <summary>Whether a stored trigger says the same.</summary>
    public abstract bool IsOf(ITrigger trigger);

    /// <summary>When it runs first, if the job is scheduled now.</summary>
    public abstract DateTimeOffset FirstFrom(DateTimeOffset now);

    /// <summary>As Quartz says it.</summary>
    public abstract IScheduleBuilder ToQuartz();

    private sealed record Interval(TimeSpan Length, TimeSpan FirstAfter) : JobSchedule
    {
        public override bool IsOf(ITrigger trigger) => trigger is ISimpleTrigger simple && simple.RepeatInterval == Length;

        public override DateTimeOffset FirstFrom(DateTimeOffset now) => now + FirstAfter;

        public override IScheduleBuilder ToQuartz() =>
            SimpleScheduleBuilder.Create()
                .WithInterval(Length)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount);
    }

    private sealed record Calendar(string Expression, TimeZoneInfo TimeZone) : JobSchedule
    {
        public override bool IsOf(ITrigger trigger) =>
            trigger is ICronTrigger cron && cron.CronExpressionString == Expression && cron.TimeZone.Id == TimeZone.Id;

        public override DateTimeOffset FirstFrom(DateTimeOffset now) => now;

        public override IScheduleBuilder ToQuartz() =>
            CronScheduleBuilder.Create(Expression).InTimeZone(TimeZone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);
    }
}
