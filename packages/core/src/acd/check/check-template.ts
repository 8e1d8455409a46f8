import type { Centre, Template } from '../centre.ts'
import { type CentreFinding, finderAt } from './centre-finding.ts'

/** What a template may hold in braces. */
export const templateFields: readonly string[] = ['customer', 'agent', 'company', 'subject']

/** What is the matter with one template. */
export function checkTemplate(template: Template, { queues }: Centre): readonly CentreFinding[] {
  const { id, name, kind, subject, text, queueIds = [] } = template
  const { error, warning } = finderAt('templates', id, name)
  const unknown = fieldsIn(`${subject ?? ''} ${text}`).filter((field) => !templateFields.includes(field))
  return [
    ...unknown.map((field) => warning('template-field', { field })),
    ...(kind === 'mail' && (subject ?? '').trim() === '' ? [warning('template-subject')] : []),
    ...(queueIds.every((queueId) => queues.some((queue) => queue.id === queueId)) ? [] : [error('queue-unknown')]),
  ]
}

/** Words in braces, each once. */
export const fieldsIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\{([A-Za-z]+)\}/g)].map((match) => match[1]!)),
]
