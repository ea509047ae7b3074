using FluentValidation;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>
/// One rule for one kind of text at every door: what the vocabulary reads is accepted, the rest is refused with the vocabulary's own
/// reason. Nothing at all is no text of that kind: it passes unless it is required.
/// </summary>
public static class VocabularyRules
{
    public static void IsPhone<T>(this IRuleBuilder<T, string?> rule, bool required = false) => Is<T, PhoneNumber>(rule, required);

    public static void IsEmail<T>(this IRuleBuilder<T, string?> rule, bool required = false) => Is<T, EmailAddress>(rule, required);

    public static void IsName<T>(this IRuleBuilder<T, string?> rule, bool required = false) => Is<T, NameText>(rule, required);

    public static void IsUai<T>(this IRuleBuilder<T, string?> rule, bool required = false) => Is<T, Uai>(rule, required);

    public static void IsLevel<T>(this IRuleBuilder<T, string?> rule, bool required = false) => Is<T, Level>(rule, required);

    /// <summary>What staff write in their own words, see <see cref="Prose"/>.</summary>
    public static IRuleBuilderOptionsConditions<T, string?> IsProse<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Custom(
            (text, context) =>
            {
                if (Prose.Fault(text) is { } fault)
                    context.AddFailure(Say.In(fault));
            }
        );

    private static void Is<T, TValue>(IRuleBuilder<T, string?> rule, bool required)
        where TValue : class, IText<TValue> =>
        rule.Custom(
            (text, context) =>
            {
                if ((required || !string.IsNullOrWhiteSpace(text)) && !TValue.TryParse(text, out _, out var reason))
                    context.AddFailure(Say.In(reason));
            }
        );
}
