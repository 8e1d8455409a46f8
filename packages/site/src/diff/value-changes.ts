import type { Product, RequirementBody } from '../catalogue/requirement.ts'
import type { Effect } from './catalogue-change.ts'

/** One field of a body that changed; `stricter` as far as a number or version says. */
export interface ValueChange {
  readonly element: 'product' | 'version' | 'value' | 'field'
  readonly field: string
  readonly effect: Effect
  readonly before?: string
  readonly after?: string
}

/** Numbers where more, or less, is harder to meet; others just change. */
const harderWhenMore = new Set(['memoryGb', 'memoryMbPerUser', 'diskGb', 'minimumMbps', 'kbps', 'bytes', 'leadDays'])
const harderWhenLess = new Set(['value', 'most', 'longestLifetimeDays'])

/** Fields that are compared piece by piece elsewhere, or that are no more than wording. */
const apart = new Set(['kind', 'from', 'to', 'protocol', 'ports', 'addresses', 'products', 'use', 'carries', 'note'])

/** What changed between two bodies of the same kind, field by field in the order of their names. */
export function valueChanges(before: RequirementBody, after: RequirementBody): readonly ValueChange[] {
  const old = new Map<string, unknown>(Object.entries(before))
  const now = new Map<string, unknown>(Object.entries(after))
  const fields = [...new Set([...old.keys(), ...now.keys()])].filter((field) => !apart.has(field)).sort()
  const changes: ValueChange[] = []
  for (const field of fields) {
    const was = old.get(field)
    const is = now.get(field)
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    changes.push({
      element: typeof (is ?? was) === 'number' ? 'value' : 'field',
      field,
      effect: effectOf(field, was, is),
      ...(was !== undefined && { before: textOf(was) }),
      ...(is !== undefined && { after: textOf(is) }),
    })
  }
  if (before.kind === 'software' && after.kind === 'software')
    changes.push(...productChanges(before.products, after.products, after.every === true))
  return changes
}

function effectOf(field: string, was: unknown, is: unknown): Effect {
  if (was === undefined) return 'added'
  if (is === undefined) return 'removed'
  if (typeof was !== 'number' || typeof is !== 'number') return 'changed'
  if (harderWhenMore.has(field)) return is > was ? 'narrowed' : 'widened'
  return harderWhenLess.has(field) ? (is < was ? 'narrowed' : 'widened') : 'changed'
}

/** A value in short: lists by commas, objects by their values. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, part]) => `${name} ${textOf(part)}`)
      .join(' ')
  return String(value)
}

/** Where one product is enough, a further one eases and one less tightens; where all are needed, the other way about. */
function productChanges(before: readonly Product[], after: readonly Product[], every: boolean): readonly ValueChange[] {
  const changes: ValueChange[] = []
  const old = new Map(before.map((product) => [product.name, product]))
  const now = new Set(after.map(({ name }) => name))
  for (const product of after) {
    const was = old.get(product.name)
    if (!was)
      changes.push({
        element: 'product',
        field: 'products',
        effect: every ? 'narrowed' : 'widened',
        after: nameOf(product),
      })
    else if (nameOf(was) !== nameOf(product))
      changes.push({
        element: 'version',
        field: 'products',
        effect: versionEffect(was, product),
        before: nameOf(was),
        after: nameOf(product),
      })
    else if (was.limitation !== product.limitation)
      changes.push({
        element: 'field',
        field: 'limitation',
        effect: 'changed',
        before: `${nameOf(was)}: ${was.limitation ?? '–'}`,
        after: `${nameOf(product)}: ${product.limitation ?? '–'}`,
      })
  }
  for (const product of before)
    if (!now.has(product.name))
      changes.push({
        element: 'product',
        field: 'products',
        effect: every ? 'widened' : 'narrowed',
        before: nameOf(product),
      })
  return changes
}

function nameOf({ name, minimum, maximum, versions, latest, bad }: Product): string {
  const parts = [name]
  if (minimum !== undefined) parts.push(`≥ ${minimum}`)
  if (maximum !== undefined) parts.push(`≤ ${maximum}`)
  if (versions) parts.push(versions.join(', '))
  if (latest !== undefined) parts.push(`(latest ${latest})`)
  if (bad) parts.push(`(not ${bad.map(({ version }) => version).join(', ')})`)
  return parts.join(' ')
}

/** By the least version, part by part as numbers; anything else just changes. */
function versionEffect(was: Product, is: Product): Effect {
  if (was.minimum === undefined || is.minimum === undefined || was.minimum === is.minimum) return 'changed'
  const old = was.minimum.split('.').map(Number)
  const now = is.minimum.split('.').map(Number)
  for (let at = 0; at < Math.max(old.length, now.length); at += 1) {
    const step = (now[at] ?? 0) - (old[at] ?? 0)
    if (Number.isNaN(step)) return 'changed'
    if (step !== 0) return step > 0 ? 'narrowed' : 'widened'
  }
  return 'changed'
}
