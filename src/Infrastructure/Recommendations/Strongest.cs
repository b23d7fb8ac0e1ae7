namespace Shop.Infrastructure.Recommendations;

/// <summary>Chooses the highest of many scores.</summary>
internal static class Strongest
{
    /// <summary>The places of the highest scores above zero with them, highest first; ties: the lower place.</summary>
    /// <param name="scores">One a place.</param>
    /// <param name="count">How many at most.</param>
    public static List<(int Place, float Score)> Of(ReadOnlySpan<float> scores, int count)
    {
        var queue = new PriorityQueue<(int Place, float Score), (float Score, int Place)>(count + 1);
        var least = 0f;
        for (var place = 0; place < scores.Length; place++)
        {
            var score = scores[place];
            if (!(score > least))
            {
                continue;
            }

            queue.Enqueue((place, score), (score, -place));
            if (queue.Count > count)
            {
                queue.Dequeue();
            }

            least = queue.Count == count ? queue.Peek().Score : 0;
        }

        var chosen = new List<(int Place, float Score)>(queue.Count);
        while (queue.TryDequeue(out var entry, out _))
        {
            chosen.Add(entry);
        }

        chosen.Reverse();
        return chosen;
    }
}
