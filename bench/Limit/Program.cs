using Microsoft.AspNetCore.Server.Kestrel.Core;
using Npgsql;
using Shop.Limit;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
var app = builder.Build();

var connection = new NpgsqlConnectionStringBuilder(app.Configuration.GetConnectionString("Shop")) { MaxAutoPrepare = 20, NoResetOnClose = true };
await using var database = NpgsqlDataSource.Create(connection);
var site = await Site.OpenAsync(new Products(database), new Orders(database));
app.Run(site.AnswerAsync);
await app.RunAsync();
