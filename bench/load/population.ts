import {
  type CompanyId,
  type DeviceId,
  type FlowId,
  makeId,
  silentLogger,
  systemClock,
  type TrunkId,
  type UserId,
} from '@vaxel/base'
import type { ConfigurationChange, User } from '@vaxel/core'
import { openStore, type Store } from '@vaxel/store'

/** The company of a load: its users are `10000000`, `10000001`, … with SIP passwords that follow from the name. */
export const loadDomain = 'load.vaxel.test'
export const loadUser = (index: number): string => String(10_000_000 + index)
export const loadPassword = (user: string): string => `sip-${user}`
/** The direct number of a user, as the trunk dials it. */
export const loadNumber = (user: string): string => `+99${user}`

const usersAtOnce = 2_000

/** The administrator's login, where there is one. */
export const loadAdministrator = 'admin'

/**
 * Makes a data folder with one company of so many users, each with one phone, an extension and a direct number, by the
 * store's own writer.
 * @param more `trunkSource`: `address:port` whose calls are the trunk's, without digest; `password`: the administrator's; `registered`: so many users have a binding; `voicemail`: what nobody takes goes to the user's mailbox
 */
export async function populate(
  folder: string,
  users: number,
  {
    trunkSource,
    password,
    registered = 0,
    voicemail = false,
  }: { trunkSource: string; password?: string | undefined; registered?: number; voicemail?: boolean },
): Promise<void> {
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
          health: { intervalSeconds: 0 },
        },
      },
    ])
    if (password !== undefined) {
      const administrator = userOf(make<UserId>(), companyId, loadAdministrator)
      const hash = await store.credentials.hashPassword(password)
      await write([
        { kind: 'user', after: { ...administrator, role: 'administrator' } },
        { kind: 'password', after: { userId: administrator.id, companyId, hash } },
      ])
    }
    for (let first = 0; first < users; first += usersAtOnce) {
      const count = Math.min(usersAtOnce, users - first)
      await write(
        Array.from({ length: count }, (_, i) => loadUser(first + i)).flatMap((name): ConfigurationChange[] => {
          const userId = make<UserId>()
          const target = { kind: 'user', userId } as const
          return [
            { kind: 'user', after: userOf(userId, companyId, name) },
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
    if (voicemail) {
      const target = { kind: 'service', service: 'voicemail' } as const
      await write([{ kind: 'number', after: { number: '700', companyId, target } }])
      const value = { callWaiting: true, unreachable: { to: '700' } }
      for (const { id } of store.directory.usersOf(companyId))
        await store.settings.put({ userId: id, companyId, kind: 'handling', value })
    }
    for (let first = 0; first < registered; first += usersAtOnce) {
      const names = Array.from({ length: Math.min(usersAtOnce, registered - first) }, (_, i) => loadUser(first + i))
      await Promise.all(names.map((name) => bind(store, name)))
    }
  } finally {
    await store.close()
  }
}

function userOf(id: UserId, companyId: CompanyId, name: string): User {
  return {
    id,
    companyId,
    domain: loadDomain,
    name,
    displayName: `User ${name}`,
    ...(name !== loadAdministrator && { extension: name }),
    language: 'en',
    role: 'user',
    limits: {},
    ringSeconds: 25,
  }
}

/** As a phone of that user would have registered over UDP a moment ago. */
async function bind({ bindings, directory }: Store, name: string): Promise<void> {
  const device = directory.deviceByUsername(loadDomain, name)!
  const addressOfRecord = `sip:${name}@${loadDomain}`
  const contact = `sip:${name}@127.0.0.1:5999`
  const nowMs = systemClock.now()
  await bindings.replace(addressOfRecord, [
    {
      id: `${addressOfRecord} ${contact}`,
      companyId: device.companyId,
      userId: device.userId,
      deviceId: device.id,
      addressOfRecord,
      contact,
      q: 1,
      callId: `r${name}@load`,
      cseq: 1,
      path: [],
      expiresAtMs: nowMs + 3_600_000,
      registeredAtMs: nowMs,
      userAgent: 'Vaxel load',
      flow: {
        id: `udp:127.0.0.1:5999` as FlowId,
        protocol: 'udp',
        localAddress: '127.0.0.1',
        localPort: 5060,
        remoteAddress: '127.0.0.1',
        remotePort: 5999,
      },
    },
  ])
}
