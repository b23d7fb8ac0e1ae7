using FluentValidation.Results;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.UnitTests.Common;

public sealed class ValidationErrorsTests
{
    [TestCase("Price", "price")]
    [TestCase("FirstName", "first_name")]
    [TestCase("ImageUrl", "image_url")]
    [TestCase("ShippingAddress.PostalCode", "shipping_address.postal_code")]
    [TestCase("Items[2].ProductId", "items[2].product_id")]
    public void Fields_have_the_names_that_clients_know(string property, string field) =>
        ValidationErrors.From([new ValidationFailure(property, "No.")]).Fields!.Keys.ShouldBe([field]);

    [Test]
    public void Messages_of_one_field_come_together_each_once()
    {
        var error = ValidationErrors.From([new("Price", "One."), new("Name", "Two."), new("Price", "Three."), new("Price", "One.")]);

        error.Kind.ShouldBe(ErrorKind.Invalid);
        error.Code.ShouldBe(ValidationErrors.Code);
        error.Fields!["price"].ShouldBe(["One.", "Three."]);
        error.Fields["name"].ShouldBe(["Two."]);
    }

    [Test]
    public void One_field_can_be_refused_alone() => ValidationErrors.Of("cursor", "No.").Fields!["cursor"].ShouldBe(["No."]);
}
