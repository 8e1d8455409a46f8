import Type from 'typebox'
import type { Condition } from '../catalogue/condition.ts'
import { Closed, FactName, Scalar } from './shapes.ts'

const self = { $ref: '#/definitions/condition' }
const list = { type: 'array', items: self, maxItems: 100 }

/** What `#/definitions/condition` stands for in the schema of a catalogue; the reader walks conditions itself (check-condition). */
export const conditionDefinition = {
  description:
    'When a requirement applies: an expression over the facts of a site. A fact that is not known counts as false, 0 or an empty text.',
  anyOf: [
    { const: 'always' },
    Closed({ fact: FactName('True, above zero, or a text that is not empty.') }),
    Closed({ fact: FactName('Compared with `is`.'), is: Scalar('Exactly this.') }),
    Closed({ fact: FactName('A number.'), atLeast: Type.Number({ minimum: -1e12, maximum: 1e12 }) }),
    { type: 'object', required: ['all'], properties: { all: list }, additionalProperties: false },
    { type: 'object', required: ['any'], properties: { any: list }, additionalProperties: false },
    { type: 'object', required: ['not'], properties: { not: self }, additionalProperties: false },
  ],
}

/** A condition; recursive, so it refers to the definition of the schema it stands in. */
export const ConditionSchema = Type.Unsafe<Condition>(self)
