using Shop.Domain.Reviews;

namespace Shop.Domain.UnitTests.Reviews;

public sealed class ReviewTests
{
    private const long Author = 7;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public void A_new_review_holds_what_was_written()
    {
        var review = Review.Write(5, Author, 4, "Bright", Now);

        (review.ProductId, review.UserId, review.Rating, review.Comment, review.CreatedAt, review.UpdatedAt)
            .ShouldBe((5, Author, 4, "Bright", Now, Now));
    }

    [TestCase(1, 5, 4)]
    [TestCase(5, 1, -4)]
    [TestCase(3, 3, 0)]
    public void An_edit_says_by_how_much_the_sum_of_ratings_moves(int before, int after, int delta)
    {
        var review = Review.Write(5, Author, before, "Bright", Now);

        review.Edit(after, null, Now.AddDays(1)).ShouldBe(delta);

        (review.Rating, review.Comment, review.CreatedAt, review.UpdatedAt).ShouldBe((after, null, Now, Now.AddDays(1)));
    }

    [TestCase(Author, false, true)]
    [TestCase(8, false, false)]
    [TestCase(8, true, true)]
    public void Its_author_and_admins_may_change_it(long userId, bool isAdmin, bool may) =>
        Review.Write(5, Author, 4, null, Now).CanBeChangedBy(userId, isAdmin).ShouldBe(may);
}
