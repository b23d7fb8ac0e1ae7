using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Shop.Application;
using Shop.Infrastructure;
using Shop.Infrastructure.Startup;
using Shop.WebApi;
using Shop.WebApi.Startup;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
try
{
    var verb = Verb.Find(args);
    if (verb?.NeedsShop == false)
    {
        return await verb.RunAsync(services: null!, args);
    }

    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = verb is null ? args : [], ContentRootPath = AppContext.BaseDirectory });
    var settings = ShopSettings.From(builder.Configuration, builder.Environment.IsDevelopment());
    builder.WebHost.UseKestrelHttpsConfiguration().ConfigureServices(services => services.AddApplication().AddInfrastructure(settings).AddWebApi(settings));
    var app = builder.Build();
    await using var database = await ShopDatabase.StartAsync(app.Services, visit: verb is not null, CancellationToken.None);
    await using var running = app;
    if (verb is not null)
    {
        return await verb.RunAsync(app.Services, args);
    }

    await Task.WhenAll(Task.Run(() => ShopDatabase.MigrateAsync(app.Services, CancellationToken.None)), Task.Run(app.UseShop)); // a processor each
    _ = settings.Demo && await ShopDatabase.SeedAsync(app.Services, CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is SettingException or IOException { InnerException: AddressInUseException })
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
