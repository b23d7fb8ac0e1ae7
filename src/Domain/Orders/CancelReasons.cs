namespace Shop.Domain.Orders;

/// <summary>Why orders are cancelled, as clients read it.</summary>
public static class CancelReasons
{
    /// <summary>The buyer changed their mind.</summary>
    public const string Customer = "customer";

    /// <summary>An admin did it for the buyer.</summary>
    public const string Admin = "admin";

    /// <summary>It was not paid in time.</summary>
    public const string Expired = "expired";

    /// <summary>The buyer was erased before placing it.</summary>
    public const string UserErased = "user_erased";
}
