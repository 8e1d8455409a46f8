const mostKept = 4_096
/** Longer JSON is seldom the same twice. */
const mostLength = 200

/** While many rows are read: values that they have in common (a domain, a role, empty limits) are kept in memory once. */
export class SharedValues {
  readonly #texts = new Map<string, string>()
  readonly #parsed = new Map<string, unknown>()

  /** The same text, from the first row that had it. */
  text(value: string): string {
    const known = this.#texts.get(value)
    if (known !== undefined) return known
    if (this.#texts.size < mostKept) this.#texts.set(value, value)
    return value
  }

  /** What the JSON says; not to be changed, as others hold it too. Throws for what is no JSON. */
  json<T>(text: string): T {
    const known = this.#parsed.get(text)
    if (known !== undefined) return known as T
    const value = JSON.parse(text) as T
    if (text.length <= mostLength && this.#parsed.size < mostKept) this.#parsed.set(text, value)
    return value
  }
}
