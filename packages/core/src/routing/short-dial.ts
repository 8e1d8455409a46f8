import { resolveNumber } from '../numbering/resolve-number.ts'
import { ownShortDials } from '../numbering/short-dials.ts'
import type { ShortDial } from '../ports/user-settings.ts'
import type { RouteQuestion } from './route-question.ts'

/** The short dial of the person who dials that this is, if it is one. */
export function shortDialOf({
  from,
  people,
  dialled,
}: Pick<RouteQuestion, 'from' | 'people' | 'dialled'>): ShortDial | undefined {
  if (from.kind !== 'user' || !dialled.startsWith(ownShortDials)) return undefined
  const code = dialled.slice(ownShortDials.length)
  return people?.shortDials?.(from.user.id)?.entries.find((entry) => entry.code === code)
}

/**
 * Whether this is an emergency call, which no limit holds back: an emergency number, or a short dial for one, of a person or of the company.
 * A call from a trunk is none.
 */
export function dialsEmergency(
  question: Pick<RouteQuestion, 'directory' | 'company' | 'domain' | 'from' | 'people' | 'dialled'>,
): boolean {
  const { directory, company, domain, from, dialled } = question
  if (from.kind === 'trunk') return false
  const short = shortDialOf(question)
  const resolved = resolveNumber(directory, company, domain, short?.to ?? dialled)
  if (resolved.kind !== 'own' || short || resolved.number.target.kind !== 'short') return resolved.kind === 'emergency'
  return resolveNumber(directory, company, domain, resolved.number.target.to).kind === 'emergency'
}
