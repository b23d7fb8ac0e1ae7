using Shop.Domain.Common;

namespace Shop.Domain.Users;

/// <summary>The queries over users.</summary>
public static class UserSpecs
{
    /// <summary>The person of that id, unless erased.</summary>
    /// <param name="id">The user's id.</param>
    public static Specification<User> ById(long id) =>
        new(query => query.Where(user => user.Id == id && user.ErasedAt == null).Include(user => user.Roles));

    /// <summary>The people of these ids, unless erased.</summary>
    /// <param name="ids">The users' ids.</param>
    public static Specification<User> ByIds(IReadOnlyCollection<long> ids) =>
        new(query => query.Where(user => ids.Contains(user.Id) && user.ErasedAt == null).OrderBy(user => user.Id));

    /// <summary>The person whose username or e-mail address this is, without regard to case.</summary>
    /// <param name="login">A username or an e-mail address.</param>
    public static Specification<User> ByLogin(string login) =>
        new(query => query.Where(user => (user.Username == login || user.Email == login) && user.ErasedAt == null));

    /// <summary>The person whose e-mail address this is, without regard to case.</summary>
    /// <param name="email">An e-mail address.</param>
    public static Specification<User> ByEmail(string email) => new(query => query.Where(user => user.Email == email && user.ErasedAt == null));

    /// <summary>Everybody, newest first.</summary>
    /// <param name="matches">Whom the search finds, or null for all.</param>
    public static Specification<User> All(System.Linq.Expressions.Expression<Func<User, bool>>? matches) =>
        new(query => query
            .Where(user => user.ErasedAt == null)
            .Where(matches is not null, matches!)
            .OrderByDescending(user => user.CreatedAt)
            .OrderByDescending(user => user.Id));

    /// <summary>Those who administrate the shop.</summary>
    public static Specification<User> Admins() =>
        new(query => query.Where(user => user.Roles.Any(role => role.Role == User.AdminRole) && user.ErasedAt == null));
}
