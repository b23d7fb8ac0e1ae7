using Shop.Application.Users;

namespace Shop.Application.UnitTests.Users;

public sealed class UserRulesTests
{
    private static readonly RegisterUser Valid = new() { Username = "anna", Password = "correct horse" };

    [Test]
    public void A_username_or_an_email_is_enough_to_register()
    {
        new RegisterUserRules().Faults(Valid).ShouldBeEmpty();
        new RegisterUserRules().Faults(Valid with { Username = null, Email = "anna@example.org" }).ShouldBeEmpty();
        new RegisterUserRules().Faults(Valid with { Username = null }).ShouldBe(["username"]);
    }

    [TestCase("abc", true)]
    [TestCase("a.b_c-9", true)]
    [TestCase("ab", false)]
    [TestCase("", false)]
    [TestCase("a b", false)]
    [TestCase("änna", false)]
    [TestCase("anna@home", false)]
    [TestCase("customer-5", false)]
    [TestCase("cUsToMeR-5", false)]
    [TestCase("customer5", true)]
    public void Usernames_are_short_and_plain_and_not_an_imports(string username, bool valid) =>
        new RegisterUserRules().Faults(Valid with { Username = username }).ShouldBe(valid ? [] : ["username"]);

    [TestCase(50, true)]
    [TestCase(51, false)]
    public void Usernames_have_at_most_50_characters(int length, bool valid) =>
        new RegisterUserRules().Faults(Valid with { Username = new string('a', length) }).ShouldBe(valid ? [] : ["username"]);

    [TestCase("a@b", true)]
    [TestCase("anna.smith+shop@example.org", true)]
    [TestCase("ännä@exämple.org", true)]
    [TestCase("", false)]
    [TestCase("a", false)]
    [TestCase("@b", false)]
    [TestCase("a@", false)]
    [TestCase("a@b@c", false)]
    [TestCase("a b@c", false)]
    [TestCase("a@b\r\nBcc: c", false)]
    [TestCase("<a@b>", false)]
    [TestCase("a@b,c@d", false)]
    public void Email_addresses_can_be_sent_to(string email, bool valid) =>
        new RegisterUserRules().Faults(Valid with { Email = email }).ShouldBe(valid ? [] : ["email"]);

    [TestCase(7, false)]
    [TestCase(8, true)]
    [TestCase(128, true)]
    [TestCase(129, false)]
    public void Passwords_have_8_to_128_characters(int length, bool valid) =>
        new RegisterUserRules().Faults(Valid with { Password = new string('x', length) }).ShouldBe(valid ? [] : ["password"]);

    [Test]
    public void A_password_is_needed_to_register_but_not_to_be_created()
    {
        new RegisterUserRules().Faults(Valid with { Password = null }).ShouldBe(["password"]);
        new CreateUserRules().Faults(new CreateUser { FirstName = "Anna" }).ShouldBeEmpty();
        new CreateUserRules().Faults(new CreateUser { Gender = "f" }).ShouldBe(["first_name"]);
    }

    [Test]
    public void A_patch_checks_what_it_gives_and_nothing_else()
    {
        new UpdateUserRules().Faults(new UpdateUser()).ShouldBeEmpty();
        new UpdateUserRules().Faults(new UpdateUser { Email = null, FirstName = null, Gender = null }).ShouldBeEmpty();
        new UpdateUserRules().Faults(new UpdateUser { Username = null }).ShouldBe(["username"]);
        new UpdateUserRules().Faults(new UpdateUser { Email = "x", LastName = new string('x', 101) }).ShouldBe(["email", "last_name"]);
    }

    [TestCase("Admin")]
    [TestCase("owner")]
    [TestCase(null)]
    public void Admin_is_the_only_role(string? role)
    {
        new AssignRolesRules().Faults(new AssignRoles { Roles = [] }).ShouldBeEmpty();
        new AssignRolesRules().Faults(new AssignRoles { Roles = ["admin"] }).ShouldBeEmpty();
        new AssignRolesRules().Faults(new AssignRoles { Roles = ["admin", role!] }).ShouldBe(["roles"]);
        new AssignRolesRules().Faults(new AssignRoles()).ShouldBe(["roles"]);
    }

    [Test]
    public void Signing_in_takes_any_of_three_names()
    {
        new SignInRules().Faults(new SignIn { Login = "a", Password = "p" }).ShouldBeEmpty();
        new SignInRules().Faults(new SignIn { Email = "a", Password = "p" }).ShouldBeEmpty();
        new SignInRules().Faults(new SignIn { Username = "a", Password = "p" }).ShouldBeEmpty();
        new SignInRules().Faults(new SignIn()).ShouldBe(["login", "password"]);
    }
}
