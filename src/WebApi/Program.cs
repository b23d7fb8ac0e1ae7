using System.Globalization;
using Shop.Application;
using Shop.Application.Common;
using Shop.Infrastructure;
using Shop.Infrastructure.Startup;
using Shop.WebApi;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var settings = ShopSettings.From(builder.Configuration, builder.Environment.IsDevelopment());
    ShopCurrency.Code = settings.Currency;
    builder.Services.AddApplication().AddInfrastructure(settings).AddWebApi();
    await using var app = builder.Build();
    await using var database = await ShopDatabase.StartAsync(app.Services, CancellationToken.None);
    await ShopDatabase.MigrateAsync(app.Services, CancellationToken.None);
    app.UseShop();
    app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Shop is ready: {string.Join(", ", app.Urls)}"));
    await app.RunAsync();
    return 0;
}
catch (SettingException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
