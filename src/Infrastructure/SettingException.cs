namespace Shop.Infrastructure;

/// <summary>A setting is missing or wrong; the message is one line that names it and says what to do.</summary>
/// <param name="message">The line.</param>
public sealed class SettingException(string message) : Exception(message);
