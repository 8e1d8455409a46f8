/** Fields that a template may have; each may be empty. */
export interface TemplateFields {
  readonly 'customer.name': string
  readonly 'customer.address': string
  readonly subject: string
  readonly 'agent.name': string
  readonly company: string
  readonly mailbox: string
  readonly date: string
}

export const templateFields: readonly (keyof TemplateFields)[] = [
  'customer.name',
  'customer.address',
  'subject',
  'agent.name',
  'company',
  'mailbox',
  'date',
]

const field = /\{([a-z.]+)\}/g

/** Puts values into the fields of a template. What is no field stays as it is written; values are text, never templates again. */
export const fillTemplate = (text: string, values: TemplateFields): string =>
  text.replace(field, (whole, name: string) => (name in values ? values[name as keyof TemplateFields] : whole))

/** Names in braces that are no fields, for whoever writes the template. */
export const unknownFields = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(field)]
      .map(([, name]) => name!)
      .filter((name) => !templateFields.includes(name as keyof TemplateFields)),
  ),
]
