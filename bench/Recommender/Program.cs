using System.Diagnostics;
using System.Globalization;
using Shop.Recommender;

// Shop.Recommender FILE METHOD [DATE]: hides what happened from DATE on (or the last 31 days), and prints one row of the table
const int cutoff = 20;
const int hiddenDays = 31;

var sales = await SalesFile.ReadAsync(args[0]);
var method = Method.All[args[1]];
var end = sales.Purchases.Max(purchase => purchase.At);
var from = args.Length > 2
    ? DateTimeOffset.Parse(args[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
    : new DateTimeOffset(end.Date.AddDays(1 - hiddenDays), TimeSpan.Zero);
var bought = sales.Purchases.Where(purchase => purchase.At < from).ToLookup(purchase => purchase.UserId, purchase => purchase.ProductId);
var customers = sales.Purchases.Where(purchase => purchase.At >= from && bought.Contains(purchase.UserId) && !bought[purchase.UserId].Contains(purchase.ProductId))
    .GroupBy(purchase => purchase.UserId, purchase => purchase.ProductId)
    .Select(customer => (History: bought[customer.Key].Distinct().ToArray(), Hidden: customer.ToHashSet()))
    .ToList();
var known = Known.Before(sales, from);

var training = Stopwatch.StartNew();
var recommend = method.Train(known);
training.Stop();

var (recall, share, answers) = (0.0, 0.0, new List<double>());
foreach (var (history, hidden) in customers)
{
    var answering = Stopwatch.GetTimestamp();
    var found = recommend(history).Take(cutoff).Count(hidden.Contains);
    answers.Add(Stopwatch.GetElapsedTime(answering).TotalMilliseconds);
    recall += (double)found / Math.Min(cutoff, hidden.Count);
    share += (double)found / hidden.Count;
}

answers.Sort();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{method.Name,-16} {recall / customers.Count,9:F4} {share / customers.Count,9:F4} {training.Elapsed.TotalSeconds,9:F1} {answers[answers.Count / 2],10:F2} {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0,9:F0} {customers.Count,10}"));
