/** Where the shapes of the ports and the columns of the schema differ, they are mapped here: JSON as text, booleans as 0 and 1, absent as null. */

export const toJson = (value: unknown): string => JSON.stringify(value)

export const toOptionalJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))

export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T
}

export const toFlag = (value: boolean): number => (value ? 1 : 0)

export const fromFlag = (value: number): boolean => Number(value) === 1

/** A copy without the keys whose value is null or undefined: an absent property is absent. */
export function present<T extends object>(value: { [K in keyof T]: T[K] | null | undefined }): T {
  const result: Record<string, unknown> = {}
  for (const [key, entry] of Object.entries(value)) if (entry !== null && entry !== undefined) result[key] = entry
  return result as T
}

/** Integers of 64 bits come as text from some engines. */
export const toNumber = (value: number | string | null): number | undefined =>
  value === null ? undefined : Number(value)
