using System.Diagnostics;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Payments;

/// <summary>Kills the process at one point, as a power cut would; at none unless told.</summary>
internal sealed class Faults(string? crashAt) : IFaultPoints
{
    public void Hit(string point)
    {
        if (point == crashAt)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
