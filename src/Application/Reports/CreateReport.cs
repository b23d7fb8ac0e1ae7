using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Analytics;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Reports;

namespace Shop.Application.Reports;

/// <summary>
/// Asks for a report as CSV, which a worker makes: <c>sales</c> has every line sold or given back, <c>products</c> and <c>customers</c> what
/// each sold or bought, <c>inventory</c> what is in stock now.
/// </summary>
/// <param name="Type"><c>sales</c>, <c>products</c>, <c>customers</c> or <c>inventory</c>; required.</param>
/// <param name="From">The first day, such as 2026-10-01, or a time on it; from the beginning unless said. An inventory has no days.</param>
/// <param name="To">The last day, included, or the time that ends the range; to the end unless said.</param>
[Access(Who.Admin)]
public sealed record CreateReport(string? Type, string? From, string? To) : ICommand<long>;

internal sealed class CreateReportRules : AbstractValidator<CreateReport>
{
    public CreateReportRules(IShopCalendar calendar)
    {
        RuleFor(command => command.Type).NotNull().WithMessage("Say what the report is about.");
        RuleFor(command => command.Type)
            .Must(type => type is null || ReportTypes.ByName.ContainsKey(type))
            .WithMessage($"Give one of {string.Join(", ", ReportTypes.ByName.Keys)}.");
        RuleFor(command => command.From).Day();
        RuleFor(command => command.To).Day().NotBefore(command => command.From, calendar);
    }
}

internal sealed class CreateReportHandler(IRepository<Report> reports, IShopCalendar calendar, TimeProvider clock)
    : IRequestHandler<CreateReport, Result<long>>
{
    /// <returns>The report's id.</returns>
    public async Task<Result<long>> Handle(CreateReport command, CancellationToken cancellationToken)
    {
        var report = Report.Order(
            ReportTypes.ByName[command.Type!], DayText.First(command.From, calendar), DayText.Last(command.To, calendar), clock.GetUtcNow());
        await reports.AddAsync(report, cancellationToken);
        return report.Id;
    }
}

internal static class ReportTypes
{
    /// <summary>By their name on the wire.</summary>
    public static IReadOnlyDictionary<string, ReportType> ByName { get; } =
        Enum.GetValues<ReportType>().ToDictionary(type => type.ToString().ToLowerInvariant());
}
