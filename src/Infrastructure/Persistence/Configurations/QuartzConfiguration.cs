using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Infrastructure.Persistence.Configurations;

/// <summary>
/// The tables of Quartz, which alone reads and writes them: names, types and indexes are those of the scripts that ship in its package
/// (<c>Quartz.Impl.AdoJobStore.Schema.create_*.sql</c>), taken from the narrower one where its databases differ. What it keeps only when
/// asked for, a history of executions, is left out. They are columns without classes, since no class of the shop's has any use for them.
/// </summary>
internal sealed class QuartzConfiguration : EntityConfiguration
{
    /// <summary>What the names of the tables begin with.</summary>
    public const string TablePrefix = "qrtz_";

    private static readonly string[] JobKey = ["sched_name", "job_name", "job_group"];
    private static readonly string[] TriggerKey = ["sched_name", "trigger_name", "trigger_group"];

    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        Jobs(model);
        Triggers(model);
        KindsOfTriggers(model);
        Running(model);
        Paused(model);
        var calendars = Table(model, "calendars").Text(120, "sched_name").Text(200, "calendar_name");
        calendars.Property<byte[]>("calendar").IsRequired();
        calendars.HasKey("sched_name", "calendar_name");
    }

    private static void Jobs(ModelBuilder model)
    {
        var jobs = Table(model, "job_details").Key(JobKey)
            .Text(250, "job_class_name").OptionalText(250, "description")
            .Columns<bool>("is_durable", "is_nonconcurrent", "is_update_data", "requests_recovery")
            .Columns<byte[]>("job_data");
        jobs.HasIndex("sched_name", "job_group", "job_name").HasDatabaseName("idx_qrtz_j_g_n");
    }

    private static void Triggers(ModelBuilder model)
    {
        var triggers = Table(model, "triggers").Key(TriggerKey)
            .Text(150, "job_name", "job_group").Text(16, "trigger_state").Text(8, "trigger_type")
            .OptionalText(250, "description", "retry_policy", "pause_reason")
            .OptionalText(200, "calendar_name", "execution_group", "preferred_node", "paused_by")
            .OptionalText(150, "continues_trigger_name", "continues_trigger_group")
            .Columns<long>("start_time")
            .Columns<long?>("next_fire_time", "prev_fire_time", "end_time", "misfire_orig_fire_time", "paused_at", "misfire_threshold")
            .Columns<int?>("priority", "misfire_instr", "retry_attempt", "continuation_condition", "overlap_policy")
            .Columns<bool?>("fixed_delay")
            .Columns<byte[]>("job_data");
        triggers.Property<bool>("preferred_node_auto").HasDefaultValue(false);
        triggers.HasOne(TablePrefix + "job_details", null).WithMany().HasForeignKey(JobKey).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_qrtz_triggers_job");
        triggers.HasIndex(JobKey).HasDatabaseName("idx_qrtz_t_j");
        triggers.HasIndex("sched_name", "trigger_group", "trigger_name").HasDatabaseName("idx_qrtz_t_g_n");
        triggers.HasIndex("sched_name", "calendar_name").HasDatabaseName("idx_qrtz_t_c");
        triggers.HasIndex("sched_name", "trigger_state", "next_fire_time", "priority", "misfire_instr")
            .IsDescending(false, false, false, true, false).HasDatabaseName("idx_qrtz_t_nft_st");
    }

    private static void KindsOfTriggers(ModelBuilder model)
    {
        Kind("simple_triggers").Columns<int>("repeat_count", "times_triggered").Columns<long>("repeat_interval");
        Kind("cron_triggers").Text(120, "cron_expression").OptionalText(80, "time_zone_id");
        Kind("blob_triggers").Columns<byte[]>("blob_data");
        var properties = Kind("simprop_triggers")
            .OptionalText(512, "str_prop_1", "str_prop_2", "str_prop_3").OptionalText(80, "time_zone_id")
            .Columns<int?>("int_prop_1", "int_prop_2").Columns<long?>("long_prop_1", "long_prop_2").Columns<bool?>("bool_prop_1", "bool_prop_2");
        properties.Property<decimal?>("dec_prop_1").HasPrecision(13, 4);
        properties.Property<decimal?>("dec_prop_2").HasPrecision(13, 4);

        EntityTypeBuilder Kind(string name)
        {
            var kind = Table(model, name).Key(TriggerKey);
            kind.HasOne(TablePrefix + "triggers", null).WithMany().HasForeignKey(TriggerKey).OnDelete(DeleteBehavior.Cascade)
                .HasConstraintName($"fk_qrtz_{name}_trigger");
            return kind;
        }
    }

    private static void Running(ModelBuilder model)
    {
        var fired = Table(model, "fired_triggers")
            .Text(120, "sched_name").Text(140, "entry_id").Text(150, "trigger_name", "trigger_group").Text(200, "instance_name").Text(16, "state")
            .OptionalText(150, "job_name", "job_group").OptionalText(200, "execution_group").OptionalText(250, "progress_message")
            .Columns<long>("fired_time", "sched_time").Columns<long?>("interrupt_requested_time")
            .Columns<int>("priority").Columns<int?>("progress")
            .Columns<bool?>("is_nonconcurrent", "requests_recovery");
        fired.HasKey("sched_name", "entry_id");
        fired.HasIndex("sched_name", "instance_name", "requests_recovery").HasDatabaseName("idx_qrtz_ft_inst_job_req_rcvry");
        fired.HasIndex(JobKey).HasDatabaseName("idx_qrtz_ft_j_g");
        fired.HasIndex(TriggerKey).HasDatabaseName("idx_qrtz_ft_t_g");

        Table(model, "scheduler_state").Text(120, "sched_name").Text(200, "instance_name").OptionalText(20, "quartz_version")
            .Columns<long>("last_checkin_time", "checkin_interval")
            .HasKey("sched_name", "instance_name");
        Table(model, "locks").Text(120, "sched_name").Text(40, "lock_name").HasKey("sched_name", "lock_name");
    }

    private static void Paused(ModelBuilder model)
    {
        foreach (var (table, group) in (ReadOnlySpan<(string, string)>)[("paused_trigger_grps", "trigger_group"), ("paused_job_grps", "job_group")])
        {
            Table(model, table).Text(120, "sched_name").Text(150, group)
                .OptionalText(250, "pause_reason").OptionalText(200, "paused_by").Columns<long?>("paused_at")
                .HasKey("sched_name", group);
        }
    }

    private static EntityTypeBuilder<Dictionary<string, object>> Table(ModelBuilder model, string name) =>
        model.SharedTypeEntity<Dictionary<string, object>>(TablePrefix + name).ToTable(TablePrefix + name);
}

file static class Columned
{
    public static EntityTypeBuilder Key(this EntityTypeBuilder table, string[] key)
    {
        table.Text(120, key[0]).Text(150, key[1..]).HasKey(key);
        return table;
    }

    public static EntityTypeBuilder Text(this EntityTypeBuilder table, int maxLength, params string[] columns) =>
        table.Each(columns, column => table.Property<string>(column).HasMaxLength(maxLength).IsRequired());

    public static EntityTypeBuilder OptionalText(this EntityTypeBuilder table, int maxLength, params string[] columns) =>
        table.Each(columns, column => table.Property<string>(column).HasMaxLength(maxLength).IsRequired(false));

    public static EntityTypeBuilder Columns<T>(this EntityTypeBuilder table, params string[] columns) =>
        table.Each(columns, column => table.Property<T>(column));

    private static EntityTypeBuilder Each(this EntityTypeBuilder table, string[] columns, Action<string> define)
    {
        Array.ForEach(columns, define);
        return table;
    }
}
