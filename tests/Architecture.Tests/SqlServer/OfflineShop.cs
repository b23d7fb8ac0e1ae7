using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Shop.Application;
using Shop.Application.Abstractions;
using Shop.Infrastructure;
using Shop.Infrastructure.Payments.Sandbox;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>The shop as it is composed for SQL Server, with a <see cref="Recorder"/> in the server's place and a clock that stands.</summary>
internal sealed class OfflineShop : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    /// <param name="maxBatchSize">As <c>Shop:SqlServer:MaxBatchSize</c>.</param>
    public OfflineShop(int? maxBatchSize = null)
    {
        var settings = ShopSettings.From(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Shop:Database"] = "SqlServer",
                ["ConnectionStrings:Shop"] = "Server=nowhere",
                ["Shop:Mail:Host"] = "mail.shop.example",
                ["Shop:Mail:From"] = "shop@shop.example",
                ["Shop:PublicUrl"] = "https://shop.example",
                ["Shop:Admin:Email"] = "admin@shop.example",
                ["Shop:Admin:Password"] = "the-admins-password",
            }).Build(),
            isDevelopment: false);
        var services = new ServiceCollection().AddLogging().AddApplication().AddInfrastructure(settings);
        services.AddSingleton<TimeProvider>(new StandingClock());
        services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        services.AddScoped<ICurrentUser, Nobody>();
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        services.RemoveAll<ShopDbContext>();
        services.AddScoped<ShopDbContext>(provider =>
        {
            var options = new DbContextOptionsBuilder<SqlServerShopDbContext>();
            options.UseShopSqlServer("Server=nowhere", server => SqlServerRegistration.Batch(server, maxBatchSize)).UseShopConventions(provider).AddInterceptors(Recorder);
            return new SqlServerShopDbContext(options.Options);
        });
        _services = services.BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
    }

    public Recorder Recorder { get; } = new();

    public ShopDbContext Db => Get<ShopDbContext>();

    public IServiceProvider Services => _scope.ServiceProvider;

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>One that the settings did not choose.</summary>
    public T Make<T>() => ActivatorUtilities.CreateInstance<T>(_scope.ServiceProvider, ActivatorUtilities.CreateInstance<SandboxWebhooks>(_scope.ServiceProvider));

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Nobody : ICurrentUser
    {
        public long? Id => null;

        public bool IsAdmin => false;

        public string? Address => "192.0.2.1";
    }
}
