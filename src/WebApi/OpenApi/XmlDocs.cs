using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Shop.WebApi.OpenApi;

/// <summary>What the code's own documentation says of types and properties, those included that inherit it.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = [];

    public XmlDocs()
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Shop.*.xml"))
        {
            foreach (var member in XDocument.Load(file).Descendants("member"))
            {
                _members[(string)member.Attribute("name")!] = member;
            }
        }
    }

    /// <summary>The summary of a type; null without one.</summary>
    public string? Of(Type type) => Text(_members.GetValueOrDefault("T:" + NameOf(type))?.Element("summary"));

    /// <summary>The summary of a property, its parameter of a record, or what it inherits from an interface; null without one.</summary>
    public string? Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return Text(_members.GetValueOrDefault($"P:{NameOf(type)}.{property.Name}")?.Element("summary"))
            ?? Text(_members.GetValueOrDefault("T:" + NameOf(type))?.Elements("param").FirstOrDefault(each => (string?)each.Attribute("name") == property.Name))
            ?? type.GetInterfaces().Select(each => each.GetProperty(property.Name)).OfType<PropertyInfo>().Select(Of).FirstOrDefault(text => text is not null);
    }

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" or "paramref" } reference =>
                ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? "").Split('.', ':')[^1],
            XElement other => other.Value,
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
