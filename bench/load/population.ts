import {
  type CompanyId,
  type DeviceId,
  makeId,
  silentLogger,
  systemClock,
  type TrunkId,
  type UserId,
} from '@vaxel/base'
import type { ConfigurationChange } from '@vaxel/core'
import { openStore } from '@vaxel/store'

/** The company of a load: its users are `10000000`, `10000001`, … with SIP passwords that follow from the name. */
export const loadDomain = 'load.vaxel.test'
export const loadUser = (index: number): string => String(10_000_000 + index)
export const loadPassword = (user: string): string => `sip-${user}`
/** The direct number of a user, as the trunk dials it. */
export const loadNumber = (user: string): string => `+99${user}`

const usersAtOnce = 2_000

/**
 * Makes a data folder with one company of so many users, each with one phone, an extension and a direct number, by the
 * store's own writer.
 * @param trunkSource `address:port` whose calls are the trunk's, without digest
 */
export async function populate(folder: string, users: number, trunkSource: string): Promise<void> {
  const store = await openStore({ folder, clock: systemClock, log: silentLogger })
  const make = <Id extends string>() => makeId<Id>(systemClock.now(), store.random)
  const companyId = make<CompanyId>()
  const write = async (changes: readonly ConfigurationChange[]): Promise<void> => {
    const refusal = await store.configuration.change({ by: 'load' }, () => changes)
    if (refusal) throw new Error(refusal.text)
  }
  try {
    await write([
      {
        kind: 'company',
        after: { id: companyId, name: 'Load', country: 'SE', limits: {}, emergencyNumbers: ['112'] },
      },
      { kind: 'domain', after: { name: loadDomain, companyId } },
      {
        kind: 'trunk',
        after: {
          id: make<TrunkId>(),
          companyId,
          name: 'load',
          targets: [{ host: '127.0.0.1', port: 9, protocol: 'udp' }],
          fromAddresses: [trunkSource],
          prefixes: ['0'],
          pricePerMinuteMicros: { '': 0 },
          keying: 'none',
        },
      },
    ])
    for (let first = 0; first < users; first += usersAtOnce) {
      const count = Math.min(usersAtOnce, users - first)
      await write(
        Array.from({ length: count }, (_, i) => loadUser(first + i)).flatMap((name): ConfigurationChange[] => {
          const userId = make<UserId>()
          const target = { kind: 'user', userId } as const
          return [
            {
              kind: 'user',
              after: {
                id: userId,
                companyId,
                domain: loadDomain,
                name,
                displayName: `User ${name}`,
                extension: name,
                language: 'en',
                role: 'user',
                limits: {},
                ringSeconds: 25,
              },
            },
            {
              kind: 'device',
              after: {
                id: make<DeviceId>(),
                companyId,
                userId,
                label: 'Phone',
                sipUsername: name,
                secrets: store.credentials.digestSecrets(name, loadDomain, loadPassword(name)),
                keying: 'auto',
                encryptionRequired: false,
              },
            },
            { kind: 'number', after: { number: name, companyId, target } },
            { kind: 'number', after: { number: loadNumber(name), companyId, target } },
          ]
        }),
      )
    }
  } finally {
    await store.close()
  }
}
