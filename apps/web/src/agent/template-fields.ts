import type { Template } from './work.ts'

/** What stands for a field: `{customer}` becomes the customer's name. */
export type FieldValues = Readonly<Record<string, string | undefined>>

/** A text with its fields filled in, ready to be inserted. */
export interface FilledTemplate {
  readonly id: string
  readonly subject?: string
  readonly text: string
  /** Fields that nothing is known for; they stand in the text as they are, for the agent to see. */
  readonly open: readonly string[]
}

const field = /\{([a-zA-Z]{1,32})\}/g

/**
 * Puts what is known into a text. A value is never read for fields itself.
 * @example fillTemplate({ id: '1', text: 'Dear {customer}, {time}' }, { customer: 'Eva' })
 * // { id: '1', text: 'Dear Eva, {time}', open: ['time'] }
 */
export function fillTemplate(
  { id, subject, text }: Pick<Template, 'id' | 'subject' | 'text'>,
  values: FieldValues,
): FilledTemplate {
  const open = new Set<string>()
  const fill = (from: string) =>
    from.replace(field, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      if (value === undefined || value === '') open.add(name)
      return value || whole
    })
  const filled = { text: fill(text), ...(subject === undefined ? {} : { subject: fill(subject) }) }
  return { id, ...filled, open: [...open] }
}

/**
 * The texts for a queue that fit what is typed: each word begins a word of the name or stands in the text; those whose name
 * fits come first. Nothing typed: all, by name.
 */
export function searchTemplates(
  templates: readonly Template[],
  { typed, queueId, kinds }: { typed: string; queueId: string | undefined; kinds: readonly Template['kind'][] },
): readonly Template[] {
  const words = folded(typed).split(/\s+/).filter(Boolean)
  const rank = (template: Template): number => {
    const name = folded(template.name)
    if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 0
    return words.every((word) => `${name} ${folded(template.text)}`.includes(word)) ? 1 : 2
  }
  return templates
    .filter(
      ({ kind, queueIds }) =>
        kinds.includes(kind) && (!queueIds?.length || queueId === undefined || queueIds.includes(queueId)),
    )
    .map((template) => ({ template, rank: rank(template) }))
    .filter((found) => found.rank < 2)
    .sort((a, b) => a.rank - b.rank || a.template.name.localeCompare(b.template.name))
    .map(({ template }) => template)
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
