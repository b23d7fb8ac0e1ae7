using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Shop.Architecture.Tests.Support;

/// <summary>Which types a type knows: in its signatures, in its attributes, and in the bodies of its methods.</summary>
internal static class Dependencies
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The types that a type knows, itself and what the compiler made for it included.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var known = new HashSet<Type>();
        Collect(type, known);
        return known;
    }

    /// <summary>The types that people wrote; what the compiler made belongs to the type that it was made for.</summary>
    public static IReadOnlyList<Type> Written(this Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => !IsMade(type) && type.DeclaringType is null)];

    private static bool IsMade(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.Name.StartsWith('<')
        || type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true
        || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true;

    private static void Collect(Type type, HashSet<Type> known)
    {
        Add(type.BaseType, known);
        AddAll(type.GetInterfaces(), known);
        AddAll(type.GetCustomAttributesData().Select(attribute => attribute.AttributeType), known);
        AddAll(type.GetFields(Everything).Select(field => field.FieldType), known);
        AddAll(type.GetProperties(Everything).Select(property => property.PropertyType), known);
        foreach (var method in type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)))
        {
            AddAll(method.GetParameters().Select(parameter => parameter.ParameterType), known);
            Add((method as MethodInfo)?.ReturnType, known);
            AddBody(method, known);
        }

        foreach (var nested in type.GetNestedTypes(Everything))
        {
            Collect(nested, known);
        }
    }

    private static void AddBody(MethodBase method, HashSet<Type> known)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } il)
        {
            return;
        }

        AddAll(body.LocalVariables.Select(local => local.LocalType), known);
        AddAll(body.ExceptionHandlingClauses
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType), known);
        for (var at = 0; at < il.Length;)
        {
            var code = OpCodesByValue[il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                AddMember(Resolve(method, BitConverter.ToInt32(il, at)), known);
            }

            at += OperandSize(code.OperandType, il, at);
        }
    }

    private static int OperandSize(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
        _ => 4,
    };

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static void AddMember(MemberInfo? member, HashSet<Type> known)
    {
        Add(member as Type ?? member?.DeclaringType, known);
        switch (member)
        {
            case MethodInfo method:
                Add(method.ReturnType, known);
                AddAll(method.GetGenericArguments(), known);
                break;
            case FieldInfo field:
                Add(field.FieldType, known);
                break;
        }
    }

    private static void AddAll(IEnumerable<Type?> types, HashSet<Type> known)
    {
        foreach (var type in types)
        {
            Add(type, known);
        }
    }

    private static void Add(Type? type, HashSet<Type> known)
    {
        if (type is null || !known.Add(type))
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(type.GetElementType(), known);
        }

        if (type.IsConstructedGenericType)
        {
            Add(type.GetGenericTypeDefinition(), known);
            AddAll(type.GetGenericArguments(), known);
        }
    }
}
