using Shop.Application.Common.Mapping;
using Shop.Domain.Catalog;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>Reads of a product what carts and orders need.</summary>
internal sealed class ProductSnapshots : AnswerProfile
{
    public ProductSnapshots() =>
        CreateMap<Product, ProductSnapshot>().ConvertUsing(product => new ProductSnapshot(product.Id, product.Sku, product.Name, product.Price));
}
