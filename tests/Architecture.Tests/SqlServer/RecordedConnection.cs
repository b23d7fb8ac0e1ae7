using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>A connection that is always open, to nowhere.</summary>
internal sealed class RecordedConnection(Recorder recorder) : DbConnection
{
    [AllowNull]
    public override string ConnectionString { get; set; } = "Server=nowhere";

    public override string Database => "shop";

    public override string DataSource => "nowhere";

    public override string ServerVersion => "16.00.0000";

    public override ConnectionState State => ConnectionState.Open;

    public override void ChangeDatabase(string databaseName)
    {
    }

    public override void Open()
    {
    }

    public override void Close()
    {
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        recorder.Note($"BEGIN TRANSACTION, {isolationLevel}");
        return new RecordedTransaction(recorder, this, isolationLevel);
    }

    protected override DbCommand CreateDbCommand() => new RecordingCommand(recorder);

    private sealed class RecordedTransaction(Recorder recorder, DbConnection connection, IsolationLevel level) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => level;

        public override bool SupportsSavepoints => true;

        protected override DbConnection DbConnection => connection;

        public override void Commit() => recorder.Note("COMMIT");

        public override void Rollback() => recorder.Note("ROLLBACK");

        public override void Save(string savepointName) => recorder.Note($"SAVE TRANSACTION {savepointName}");

        public override void Rollback(string savepointName) => recorder.Note($"ROLLBACK TRANSACTION {savepointName}");

        public override void Release(string savepointName)
        {
        }
    }
}
