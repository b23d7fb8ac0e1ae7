using System.Collections.Frozen;

namespace Shop.Domain.Common;

/// <summary>The currencies in use that have an ISO 4217 code and two decimals.</summary>
/// <remarks>Written down here, since what the runtime knows of currencies depends on the machine's ICU data.</remarks>
public static class Currencies
{
    private static readonly FrozenSet<string> Codes = (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP " +
        "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
        "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK " +
        "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB " +
        "TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG").Split(' ').ToFrozenSet();

    /// <summary>Whether a code is of such a currency.</summary>
    /// <param name="code">Three letters, upper case.</param>
    public static bool Contains(string code) => Codes.Contains(code);
}
