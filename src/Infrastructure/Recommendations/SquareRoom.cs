namespace Shop.Infrastructure.Recommendations;

/// <summary>Room for the square that a training works in, up to hundreds of megabytes: the trials and the training that follows take it in turn.</summary>
internal sealed class SquareRoom
{
    private float[] _square = [];

    /// <summary>A square of zeros, by rows; the one that was taken before is of no use any more.</summary>
    /// <param name="size">Its side.</param>
    public float[] Take(int size)
    {
        if (_square.Length == size * size)
        {
            Array.Clear(_square);
            return _square;
        }

        _square = []; // so that the collector may have it before another is made
        return _square = new float[size * size];
    }
}
