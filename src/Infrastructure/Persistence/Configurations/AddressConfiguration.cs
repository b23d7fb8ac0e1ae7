using Microsoft.EntityFrameworkCore;
using Shop.Domain.Addresses;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class AddressConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var address = Aggregate<UserAddress>(model, dialect, "user_addresses", "user_address_ids");
        address.ComplexProperty(each => each.Address, columns => Columns(columns, ""));
        address.HasOne<User>().WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Cascade);
        address.HasIndex(each => new { each.UserId, each.CreatedAt, each.Id });
    }
}
