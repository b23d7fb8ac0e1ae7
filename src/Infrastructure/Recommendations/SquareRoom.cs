namespace Shop.Infrastructure.Recommendations;

/// <summary>Room for the square that a training works in, up to hundreds of megabytes: the trials and the training that follows take it in turn.</summary>
internal sealed class SquareRoom
{
    private float[] _square = [];

    /// <summary>A square of zeros, by rows; what was got before is of no use any more. The array may be longer.</summary>
    /// <param name="size">Its side.</param>
    public float[] Take(int size)
    {
        if (_square.Length >= size * size)
        {
            Array.Clear(_square, 0, size * size);
            return _square;
        }

        _square = []; // so that the collector may have it before the larger one is made
        return _square = new float[size * size];
    }
}
