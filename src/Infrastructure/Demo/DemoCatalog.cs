namespace Shop.Infrastructure.Demo;

/// <summary>What the demo shop sells: in each category every thing in a few makes.</summary>
internal static class DemoCatalog
{
    public static readonly IReadOnlyList<DemoCategory> Categories =
    [
        new("Lamps", 18, 140, ["Desk Lamp", "Floor Lamp", "Pendant Lamp", "Reading Lamp", "Lantern", "Wall Light"]),
        new("Chairs", 45, 320, ["Dining Chair", "Armchair", "Bar Stool", "Rocking Chair", "Folding Chair", "Footstool"]),
        new("Tables", 80, 690, ["Dining Table", "Side Table", "Coffee Table", "Writing Desk", "Bedside Table", "Trestle Table"]),
        new("Kitchen", 6, 90, ["Saucepan", "Chopping Board", "Colander", "Mixing Bowl", "Pepper Mill", "Kettle"]),
        new("Tableware", 4, 60, ["Dinner Plate", "Cereal Bowl", "Mug", "Water Glass", "Serving Dish", "Carafe"]),
        new("Textiles", 9, 120, ["Throw", "Cushion", "Bath Towel", "Tea Towel", "Table Runner", "Curtain"]),
        new("Storage", 8, 150, ["Basket", "Shelf", "Coat Rack", "Storage Box", "Umbrella Stand", "Magazine Holder"]),
        new("Garden", 7, 180, ["Planter", "Watering Can", "Garden Bench", "Trowel", "Bird Feeder", "Fire Bowl"]),
        new("Stationery", 2, 35, ["Notebook", "Fountain Pen", "Pencil Case", "Letter Opener", "Calendar", "Desk Tray"]),
        new("Toys", 5, 70, ["Train Set", "Stacking Blocks", "Kite", "Puzzle", "Rocking Horse", "Spinning Top"]),
        new("Clocks", 20, 210, ["Wall Clock", "Alarm Clock", "Mantel Clock", "Kitchen Timer", "Hourglass", "Cuckoo Clock"]),
        new("Mirrors", 25, 260, ["Wall Mirror", "Standing Mirror", "Shaving Mirror", "Round Mirror", "Hand Mirror", "Hall Mirror"]),
    ];

    public static readonly IReadOnlyList<DemoMake> Makes =
    [
        new("Oak", "solid oak, oiled by hand"),
        new("Brass", "brushed brass that ages well"),
        new("Linen", "washed linen and beech"),
    ];

    public static readonly IReadOnlyList<string> FirstNames =
        ["Ada", "Bruno", "Clara", "David", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katja", "Liam", "Mina", "Noah", "Olga", "Pablo", "Rosa", "Sami", "Tara", "Viktor"];

    public static readonly IReadOnlyList<string> LastNames =
        ["Almeida", "Bauer", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Horvat", "Ivanov", "Jensen"];

    public static readonly IReadOnlyList<DemoOpinion> Opinions =
    [
        new(5, "Exactly what I was looking for, and beautifully made."),
        new(5, "Arrived quickly and looks even better than in the picture."),
        new(4, "Very good quality; a little smaller than I thought."),
        new(4, "I would buy it again."),
        new(3, "Does what it should, no more."),
        new(2, "The finish could be better for this price."),
    ];
}

/// <summary>A category of the demo shop.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CheapestPrice">In the shop's currency, whole units.</param>
/// <param name="DearestPrice">In the shop's currency, whole units.</param>
/// <param name="Things">What it holds.</param>
internal sealed record DemoCategory(string Name, int CheapestPrice, int DearestPrice, IReadOnlyList<string> Things);

/// <summary>A make that every thing comes in.</summary>
/// <param name="Name">Goes before the thing's name.</param>
/// <param name="Material">For the description.</param>
internal sealed record DemoMake(string Name, string Material);

/// <summary>What a demo customer may think.</summary>
/// <param name="Rating">1 to 5.</param>
/// <param name="Comment">In words.</param>
internal sealed record DemoOpinion(int Rating, string Comment);
