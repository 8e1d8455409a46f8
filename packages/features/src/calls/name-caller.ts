import type { CallerNames, Company, Party } from '@vaxel/core'
import type { Reach } from './reach.ts'

/**
 * The caller with the name under which the person who is called has the number, in their own contacts or the company's. Callers
 * of the company have their names already; a caller who withholds the number gets none.
 */
export async function nameCaller(
  names: CallerNames | undefined,
  company: Company,
  { caller, isWithheld }: { readonly caller: Party; readonly isWithheld: boolean },
  reach: Reach,
): Promise<Party> {
  if (!names || isWithheld || caller.userId !== undefined || reach.kind !== 'binding') return caller
  const name = await names.nameOf(company.id, reach.binding.userId, caller.number)
  return name === undefined ? caller : { ...caller, name }
}

/**
 * The caller as members of a group see them.
 * @example labelled({ number: '+46701740605', name: 'Eva' }, 'Sales').name // 'Sales: Eva'
 */
export function labelled(caller: Party, label: string): Party {
  return { ...caller, name: `${label}: ${caller.name ?? caller.number}` }
}
