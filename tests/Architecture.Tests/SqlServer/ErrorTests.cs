using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>How the errors of a SQL Server are read.</summary>
public sealed class ErrorTests
{
    private static readonly SqlServerErrors Errors = new();

    [TestCase(2601, "Cannot insert duplicate key row in object 'dbo.users' with unique index 'ux_users_email'. The duplicate key value is (a@b.c).", "ux_users_email")]
    [TestCase(2627, "Violation of UNIQUE KEY constraint 'ux_users_email'. Cannot insert duplicate key in object 'dbo.users'.", "ux_users_email")]
    [TestCase(2627, "duplicate key value violates unique constraint \"ux_users_emailusers0cc175b9c0f1b6a831c399e269772661\"", "ux_users_email")]
    [TestCase(547, "The UPDATE statement conflicted with the CHECK constraint \"ck_products_stock\". The conflict occurred in database \"shop\", table \"dbo.products\", column 'stock'.", "ck_products_stock")]
    [TestCase(2601, "Cannot insert duplicate key row in object 'dbo.stock_movements' with unique index 'ux_users_email'.", "ux_users_email")]
    public void A_broken_constraint_is_known_by_its_name(int number, string message, string constraint) =>
        Errors.BrokenConstraint(new DbUpdateException("", Error(number, message))).ShouldBe(constraint);

    [TestCase(1205)]
    [TestCase(8152)]
    public void Other_failures_break_none(int number) => Errors.BrokenConstraint(Error(number, "ck_products_stock")).ShouldBeNull();

    [TestCase(1205, true, TestName = "A deadlock's victim is tried again")]
    [TestCase(3960, true, TestName = "A conflict of snapshots is tried again")]
    [TestCase(40613, true, TestName = "A database that moves is tried again")]
    [TestCase(547, false, TestName = "A broken constraint is not tried again")]
    [TestCase(2601, false, TestName = "A duplicate in an index is not tried again")]
    [TestCase(2627, false, TestName = "A duplicate in a constraint is not tried again")]
    [TestCase(8134, false, TestName = "A bug is not tried again")]
    public void Only_what_passes_is_tried_again(int number, bool again) => new Strategy().Retries(Error(number, "x")).ShouldBe(again);

    [TestCase(1205, true)]
    [TestCase(547, true)]
    [TestCase(-2, false)]
    [TestCase(10054, false)]
    [TestCase(40197, false)]
    public void A_commit_is_known_to_be_undone_only_when_the_server_said_so(int number, bool undone) => Errors.IsRefusal(Error(number, "x")).ShouldBe(undone);

    /// <summary>The client makes its exceptions itself, from what a server sends.</summary>
    internal static SqlException Error(int number, string message)
    {
        var error = (SqlError)RuntimeHelpers.GetUninitializedObject(typeof(SqlError));
        Set(error, nameof(SqlError.Number), number);
        Set(error, nameof(SqlError.Message), message);
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException)
            .GetMethod("CreateException", BindingFlags.NonPublic | BindingFlags.Static, [typeof(SqlErrorCollection), typeof(string)])!
            .Invoke(null, [errors, "16.00"])!;
    }

    private static void Set(SqlError error, string property, object value) =>
        typeof(SqlError).GetFields(BindingFlags.NonPublic | BindingFlags.Instance)
            .Single(field => field.Name.Contains(property, StringComparison.OrdinalIgnoreCase) && field.FieldType == value.GetType() && !field.Name.Contains("win32", StringComparison.OrdinalIgnoreCase) && !field.Name.Contains("line", StringComparison.OrdinalIgnoreCase))
            .SetValue(error, value);

    private sealed class Strategy() : SqlServerRetryingExecutionStrategy(SqlServerShopDbContext.WithoutServer())
    {
        public bool Retries(Exception exception) => ShouldRetryOn(exception);
    }
}
