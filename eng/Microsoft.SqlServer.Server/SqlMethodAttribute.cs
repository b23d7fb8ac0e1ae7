namespace Microsoft.SqlServer.Server;

/// <summary>Marks a method or property getter of a user-defined type.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class SqlMethodAttribute : SqlFunctionAttribute
{
    /// <summary>Whether the method is called when an argument is null; true unless set.</summary>
    public bool OnNullCall { get; set; } = true;

    /// <summary>Whether the method changes its instance.</summary>
    public bool IsMutator { get; set; }

    /// <summary>Whether the method is called on a null instance.</summary>
    public bool InvokeIfReceiverIsNull { get; set; }
}
