import { resolveNumber } from '../numbering/resolve-number.ts'
import type { User } from '../ports/directory.ts'
import type { RouteQuestion } from './route-question.ts'

/** The company's number for conferences; the first where there are several. */
export const conferenceOf = ({ directory, company }: RouteQuestion): string | undefined =>
  directory
    .numbersOf(company.id)
    .flatMap(({ number, target }) => (target.kind === 'service' && target.service === 'conference' ? [number] : []))
    .sort()[0]

/** The person whose number it is; undefined when it is nobody's, or a group's. */
export function personAt({ directory, company, domain }: RouteQuestion, dialled: string): User | undefined {
  const resolved = resolveNumber(directory, company, domain, dialled)
  if (resolved.kind === 'user') return resolved.user
  const target = resolved.kind === 'own' ? resolved.number.target : undefined
  return target?.kind === 'user' ? directory.user(target.userId) : undefined
}
