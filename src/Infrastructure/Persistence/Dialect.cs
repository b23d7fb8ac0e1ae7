using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Infrastructure.Persistence;

/// <summary>What the two databases say differently of the one model.</summary>
internal abstract class Dialect
{
    /// <summary>Compares text without regard to case.</summary>
    public abstract string CaseInsensitive { get; }

    /// <summary>Sorts text as people do.</summary>
    public abstract string Alphabetical { get; }

    /// <summary>Quotes a column's name, for the filter of an index.</summary>
    public abstract string Quote(string column);

    /// <summary>Takes keys from a sequence, in blocks, so that an aggregate knows its id before it is saved.</summary>
    public abstract void UseSequence(PropertyBuilder<long> key, string sequence);

    /// <summary>The schema that such a sequence is named with; null where none is.</summary>
    public virtual string? SequenceSchema => null;

    /// <summary>The next number of a sequence with a prefix, as a column's default.</summary>
    public abstract string NextNumber(string prefix, string sequence);

    /// <summary>The mean of a sum and a count with two decimals, 0 for none, as a computed column.</summary>
    public abstract string Mean(string sum, string count);

    /// <summary>Texts in one lower-case column, as a computed column.</summary>
    public abstract string Searchable(params string[] columns);

    /// <summary>The day that a moment falls on, so many minutes ahead of UTC.</summary>
    public abstract string DayOf(string moment, string minutesAhead);

    /// <summary>The first day of a day's month.</summary>
    public abstract string MonthOf(string day);

    /// <summary>The first day of a day's year.</summary>
    public abstract string YearOf(string day);

    /// <summary>What to say before many rows are added up in a transaction whose answer somebody waits for; null for nothing.</summary>
    public virtual string? SettingsForSums => null;

    /// <summary>A day as a number, 20261231 for the last of 2026.</summary>
    public abstract string NumberOf(string day);

    /// <summary>A minute after a moment.</summary>
    public abstract string MinuteAfter(string moment);

    /// <summary>A query for the <c>id</c> of each product whose words are not listed for the search as they are, or that is listed and not in the catalog.</summary>
    public abstract string MislistedProducts { get; }

    /// <summary>How a script begins that tools run, whatever their own settings; empty where none matters.</summary>
    public virtual string ScriptHead => "";

    /// <summary>How a recursive statement begins.</summary>
    public abstract string Recursive { get; }

    /// <summary>Lets the database refuse every change of a table's rows but adding some; does nothing where it does already.</summary>
    public abstract string AppendOnly(string table);

    /// <summary>What keeps a table append-only.</summary>
    public static string TriggerOf(string table) => $"tr_{table}_append_only";

    /// <summary>Adds what only this database has: extensions, collations, methods of indexes.</summary>
    public abstract void Complete(ModelBuilder model);
}
