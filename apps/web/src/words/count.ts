const rules: Record<string, Intl.PluralRules> = {}

/**
 * The form that a number takes in a language; `#` becomes the number.
 * @example counted('sv')(1, 'ett samtal', '# samtal') // 'ett samtal'
 */
export const counted =
  (language: string) =>
  (count: number, one: string, other: string): string => {
    const rule = (rules[language] ??= new Intl.PluralRules(language))
    const text = rule.select(count) === 'one' ? one : other
    return text.replace('#', new Intl.NumberFormat(language).format(count))
  }
