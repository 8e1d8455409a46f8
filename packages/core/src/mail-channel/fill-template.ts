/** Fields that a template for a mail may have (`Template` of the centre); each may be empty. */
export interface TemplateFields {
  readonly customer: string
  readonly agent: string
  readonly company: string
  readonly subject: string
}

const field = /\{([a-z]+)\}/g

/** Puts values into the fields of a template. What is no field stays as it is written; values are text, never templates again. */
export const fillTemplate = (text: string, values: TemplateFields): string =>
  text.replace(field, (whole, name: string) =>
    Object.hasOwn(values, name) ? values[name as keyof TemplateFields] : whole,
  )
