import type { CentreFact } from '@vaxel/core'

type OfItem = Extract<CentreFact, { readonly itemId: string }>

const ends = new Set<CentreFact['kind']>([
  'work.abandoned',
  'work.overflowed',
  'work.messageLeft',
  'work.moved',
  'work.closed',
  'work.wrappedUp',
])
const answers = new Set<CentreFact['kind']>([
  'work.accepted',
  'work.declined',
  'work.missed',
  'work.offerFailed',
  'work.withdrawn',
])

/**
 * What is wrong with a ledger of work, a sentence each: an item that something happened to before it came or after it was over, one that came
 * twice, an offer that ended twice, or that nobody made.
 */
export function centreFaultsOf(facts: readonly CentreFact[]): readonly string[] {
  const faults: string[] = []
  const open = new Map<string, boolean>()
  const offers = new Map<string, number>()
  for (const fact of facts) {
    if (!('itemId' in fact)) continue
    if ('offerId' in fact) seeOffer(fact, offers, faults)
    const isOpen = open.get(fact.itemId)
    const isOfOffer = fact.kind === 'work.offered' || fact.kind === 'work.withdrawn'
    if (fact.kind === 'work.arrived') {
      if (isOpen) faults.push(`${fact.itemId} came twice`)
      open.set(fact.itemId, true)
    } else if (!isOpen && !isOfOffer) faults.push(`${fact.kind} of ${fact.itemId}, which was not there`)
    if (ends.has(fact.kind)) open.set(fact.itemId, false)
  }
  for (const [offerId, count] of offers) if (count !== 1) faults.push(`the offer ${offerId} ended ${count} times`)
  return faults
}

function seeOffer(
  fact: Extract<OfItem, { readonly offerId: string }>,
  offers: Map<string, number>,
  faults: string[],
): void {
  if (fact.kind === 'work.offered') {
    if (offers.has(fact.offerId)) faults.push(`the offer ${fact.offerId} was made twice`)
    offers.set(fact.offerId, 0)
  } else if (answers.has(fact.kind)) {
    if (!offers.has(fact.offerId)) faults.push(`${fact.kind} of the offer ${fact.offerId}, which nobody made`)
    offers.set(fact.offerId, (offers.get(fact.offerId) ?? 0) + 1)
  }
}
