using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Statements that wait for the next trip to the server and go ahead of it. A lock whose outcome is needed only when all is about to be
/// saved takes no trip of its own then: a trip costs both sides more than the statement. The server handles them in the order in which
/// they were added, each with a snapshot of its own, so a row that is read after its lock is as it was left by who held the lock before.
/// </summary>
internal sealed partial class Ahead
{
    /// <summary>As many as there are statements that wait, at each place where they may.</summary>
    private static readonly ConcurrentDictionary<(string Sql, string Prefix), string> Unique = new();

    private readonly List<Statement> _waiting = [];
    private readonly List<Statement> _underway = [];
    private Action<bool>? _lockedNext;

    /// <summary>Whether any statement waits.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Whether the answer of any that waits may decide what is saved.</summary>
    public bool IsAwaited => _waiting.Exists(statement => statement.Answered is not null);

    /// <summary>Whether the next query locks what it reads first.</summary>
    public bool LocksNext => _lockedNext is not null;

    /// <summary>Forgets what waits: the unit of work begins anew, or ended without it.</summary>
    public void Forget()
    {
        _waiting.Clear();
        _underway.Clear();
        _lockedNext = null;
    }

    /// <summary>Has the next query lock the rows of its first table, in a statement of its own that goes ahead of it.</summary>
    /// <param name="answered">Told whether there was any.</param>
    public void LockNext(Action<bool> answered) => _lockedNext = answered;

    /// <summary>Lets a statement wait.</summary>
    /// <param name="sql">One that answers with rows; its parameters are named.</param>
    /// <param name="answered">What to do with its first row, which is null when it has none; null where that decides nothing.</param>
    /// <param name="parameters">Its parameters.</param>
    public void Add(string sql, Action<NpgsqlDataReader?>? answered, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var (names, prefix) = (new HashSet<string>(), $"ahead{_waiting.Count}_");
        foreach (var parameter in parameters)
        {
            var name = parameter.ParameterName.TrimStart('@');
            names.Add(name);
            parameter.ParameterName = prefix + name;
        }

        var unique = Unique.GetOrAdd((sql, prefix), _ => Name().Replace(
            sql, match => names.Contains(match.Groups[1].Value) ? $"@{prefix}{match.Groups[1].Value}" : match.Value));
        _waiting.Add(new Statement(unique, parameters.ToArray(), answered));
    }

    /// <summary>Puts what waits, and the lock that it wants, in front of a query; its reader goes through <see cref="ReadAsync"/>.</summary>
    public void GoAheadOf(NpgsqlCommand command)
    {
        if (_lockedNext is { } answered)
        {
            _lockedNext = null;
            Add(RowLocks.Of(command.CommandText), row => answered(row is not null)); // has the query's parameters
            command.CommandText += ";\n" + PostgreSqlPlans.End;
        }

        command.CommandText = string.Join(";\n", _waiting.Select(statement => statement.Sql)) + ";\n" + command.CommandText;
        foreach (var parameter in _waiting.SelectMany(statement => statement.Parameters))
        {
            command.Parameters.Add(parameter);
        }

        SetOut();
    }

    /// <summary>Sends statements, and in the same trip what waits, ahead of them.</summary>
    /// <returns>A reader of the first statement that is not this class's.</returns>
    public async Task<NpgsqlDataReader> ExecuteReaderAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            var command = new NpgsqlBatchCommand(_waiting[i].Sql);
            command.Parameters.AddRange(_waiting[i].Parameters);
            batch.BatchCommands.Insert(i, command);
        }

        SetOut();
        var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await ReadAsync(reader, cancellationToken);
        return reader;
    }

    /// <summary>Reads the answers of what went ahead, and leaves the reader at what follows it.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        foreach (var statement in _underway)
        {
            statement.Answered?.Invoke(await reader.ReadAsync(cancellationToken) ? reader : null);
            await reader.NextResultAsync(cancellationToken);
        }

        _underway.Clear();
    }

    private void SetOut()
    {
        _underway.Clear();
        _underway.AddRange(_waiting);
        _waiting.Clear();
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Name();

    private sealed record Statement(string Sql, NpgsqlParameter[] Parameters, Action<NpgsqlDataReader?>? Answered);
}
