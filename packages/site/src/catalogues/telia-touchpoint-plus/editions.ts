import type { Address, Ports, Window } from '../../catalogue/requirement.ts'

/** The two editions of the document, as they call themselves. */
export type Edition = '3.44' | '3.54'

export const editions: Readonly<Record<Edition, { readonly date: string; readonly version: string }>> = {
  '3.44': { date: '2023-11-09', version: '2023110900' },
  '3.54': { date: '2025-10-20', version: '2025102000' },
}

const oldNetwork: Address = { network: '81.228.2.192/27' }

/** What 3.54 announces comes into use step by step during the year that it names. */
const announced = (effective: string): Window => ({ announced: '2025-10-20', effective })

/** The service's networks; `from` is the year that the section at hand names for the two new ones. */
export const serviceNetworks = (edition: Edition, from = '2026'): readonly Address[] =>
  edition === '3.44'
    ? [oldNetwork]
    : [
        oldNetwork,
        { network: '94.158.248.64/26', window: announced(from) },
        { network: '94.158.248.128/26', window: announced(from) },
      ]

/** The network that stood alone before; some sections of 3.54 still name no other. */
export const oldNetworkOnly: readonly Address[] = [oldNetwork]

/** UDP ports of encrypted voice: 3.54 widens the range. */
export const voicePorts = (edition: Edition): readonly Ports[] =>
  edition === '3.44'
    ? [{ from: 49_152, to: 65_535 }]
    : [
        { from: 49_152, to: 65_535 },
        { from: 1024, to: 65_535, window: announced('2026') },
      ]

/** A single port. */
export const port = (number: number): Ports => ({ from: number, to: number })
