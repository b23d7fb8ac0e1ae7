using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

internal sealed class SquareRoomTests
{
    [Test]
    public void Each_square_is_of_the_size_that_is_asked_for_and_empty()
    {
        var room = new SquareRoom();
        foreach (var size in (int[])[64, 64, 128, 64])
        {
            var square = room.Take(size);

            square.Length.ShouldBe(size * size);
            square.ShouldAllBe(value => value == 0);
            Array.Fill(square, 1);
        }
    }

    [Test]
    public void The_same_size_is_the_same_room()
    {
        var room = new SquareRoom();

        room.Take(64).ShouldBeSameAs(room.Take(64));
    }
}
