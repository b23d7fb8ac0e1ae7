using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;

namespace Shop.Infrastructure.Mail;

/// <summary>
/// The texts of all mails, as Handlebars templates: <c>KIND.subject.txt</c>, <c>KIND.txt</c> and <c>KIND.html</c>, with <c>layout.html</c> around
/// the last. They ship with the shop; a file of the same name in <c>Shop:Mail:Templates</c> takes a template's place.
/// </summary>
internal sealed class MailTemplates
{
    private const string Layout = "layout.html";
    private const int MaxSubjectLength = 200;

    /// <summary>A name that no mail has is a mistake that should be seen, not an empty place in a mail.</summary>
    private readonly IHandlebars _html = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });

    private readonly IHandlebars _text =
        Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true, NoEscape = true });

    private readonly Dictionary<string, HandlebarsTemplate<object, object>> _templates = [];
    private readonly MailSettings _settings;

    /// <summary>Reads all templates.</summary>
    /// <exception cref="SettingException">One of the shop's own files is no template, or none that is used.</exception>
    public MailTemplates(MailSettings settings)
    {
        _settings = settings;
        string[] names = [.. MailKinds.All.SelectMany(kind => (string[])[$"{kind}.subject.txt", $"{kind}.txt", $"{kind}.html"])];
        RefuseUnknown([Layout, .. names]);
        Guard(Layout, () => _html.RegisterTemplate("layout", Read(Layout)));
        foreach (var name in names)
        {
            Guard(name, () => _templates[name] = (Path.GetExtension(name) == ".html" ? _html : _text).Compile(Read(name)));
        }
    }

    /// <summary>Fills in one mail's subject, text and HTML.</summary>
    /// <param name="kind">One of <see cref="MailKinds.All"/>.</param>
    /// <param name="values">What the templates name.</param>
    /// <exception cref="SettingException">A file of the shop's own names what this mail does not have.</exception>
    public (string Subject, string Text, string Html) Fill(string kind, IReadOnlyDictionary<string, object?> values) =>
        (OneLine(FillIn($"{kind}.subject.txt", values)), FillIn($"{kind}.txt", values).ReplaceLineEndings("\r\n"), FillIn($"{kind}.html", values).ReplaceLineEndings("\r\n"));

    private string FillIn(string name, IReadOnlyDictionary<string, object?> values)
    {
        var text = "";
        Guard(name, () => text = _templates[name](values));
        return text;
    }

    /// <summary>What comes from people must not begin another header.</summary>
    private static string OneLine(string subject)
    {
        var line = string.Join(' ', new string([.. subject.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxSubjectLength ? line : line[..MaxSubjectLength];
    }

    private string Read(string name)
    {
        if (_settings.Templates is { } folder && File.Exists(Path.Combine(folder, name)))
        {
            return File.ReadAllText(Path.Combine(folder, name));
        }

        using var reader = new StreamReader(typeof(MailTemplates).Assembly.GetManifestResourceStream($"mail/{name}")!);
        return reader.ReadToEnd();
    }

    private void RefuseUnknown(string[] names)
    {
        var files = _settings.Templates is { } folder ? Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)) : [];
        if (files.FirstOrDefault(file => Path.GetExtension(file) is ".html" or ".txt" && !names.Contains(file)) is { } unknown)
        {
            throw new SettingException($"Shop:Mail:Templates has '{unknown}', which no mail uses; the names are {string.Join(", ", names)}.");
        }
    }

    private static void Guard(string name, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is HandlebarsException or HandlebarsUndefinedBindingException)
        {
            throw new SettingException($"The mail template '{name}' can't be filled in: {exception.Message.ReplaceLineEndings(" ").Trim()}");
        }
    }
}
