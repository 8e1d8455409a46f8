import type { Catalogue } from '../../catalogue/catalogue.ts'

/** Whether two catalogues ask the same of a site, whatever their versions and days are. */
export const sameRequirements = (a: Catalogue, b: Catalogue): boolean => timeless(a) === timeless(b)

const timeless = (catalogue: Catalogue): string =>
  JSON.stringify(
    inOrder({
      ...catalogue,
      version: '',
      publishedAt: '',
      documents: catalogue.documents.map((document) => ({ ...document, date: '' })),
    }),
  )

/** The same value with the fields of every object by name; what was stored may come back in another order. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOrder)
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, under]) => [name, inOrder(under)]),
  )
}
