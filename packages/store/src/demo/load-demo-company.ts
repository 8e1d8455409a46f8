import { type CompanyId, type DeviceId, makeId, type TrunkId, type UserId } from '@vaxel/base'
import type { ConfigurationChange, NumberTarget, User } from '@vaxel/core'
import type { Store } from '../open-store.ts'
import { demoContacts } from './contacts.ts'
import { demoPasswordHashes } from './password-hashes.ts'
import { type DemoPerson, demoPeople } from './people.ts'

export const demoDomain = 'demo.vaxel.test'

/** Numbers that reach a service. */
const services: Readonly<Record<string, NumberTarget>> = {
  300: { kind: 'service', service: 'queue' },
  400: { kind: 'service', service: 'conference' },
  600: { kind: 'service', service: 'echo' },
  700: { kind: 'service', service: 'voicemail' },
}
/** Hunt group 230 rings these. */
const huntGroup = ['204', '205', '206', '207']

/** Direct number of an extension: +46 8 465 004 01 for 201; the Swedish regulator keeps this range for fiction. */
export const demoDirectNumber = (extension: string): string => `+468465004${extension.slice(1)}`

/**
 * Makes the demo company, with passwords that everyone knows: for loopback only.
 * Does nothing when the company is there already.
 * @returns whether it was made now
 */
export async function loadDemoCompany(store: Store): Promise<boolean> {
  if (store.directory.domain(demoDomain)) return false
  const make = <Id extends string>() => makeId<Id>(store.clock.now(), store.random)
  const companyId = make<CompanyId>()
  const people = demoPeople.map((person) => ({
    person,
    id: make<UserId>(),
    hash: demoPasswordHashes[person.extension]!,
  }))
  const idOf = new Map(people.map(({ person, id }) => [person.extension, id]))
  const number = (digits: string, target: NumberTarget): ConfigurationChange => ({
    kind: 'number',
    after: { number: digits, companyId, target },
  })
  const changes: ConfigurationChange[] = [
    {
      kind: 'company',
      after: { id: companyId, name: 'Vaxel Demo AB', country: 'SE', limits: {}, emergencyNumbers: ['112'] },
    },
    { kind: 'domain', after: { name: demoDomain, companyId } },
    ...people.flatMap(({ person, id, hash }): ConfigurationChange[] => [
      { kind: 'user', after: toUser(person, id, companyId) },
      { kind: 'password', after: { userId: id, companyId, hash } },
      {
        kind: 'device',
        after: {
          id: make<DeviceId>(),
          companyId,
          userId: id,
          label: 'Phone',
          sipUsername: person.extension,
          secrets: store.credentials.digestSecrets(person.extension, demoDomain, `sip-${person.extension}`),
          keying: 'auto',
          encryptionRequired: false,
        },
      },
      number(person.extension, { kind: 'user', userId: id }),
      number(demoDirectNumber(person.extension), { kind: 'user', userId: id }),
    ]),
    { kind: 'operator', after: { userId: idOf.get('201')!, companyId } },
    number('230', { kind: 'group', name: 'Sales', userIds: huntGroup.map((extension) => idOf.get(extension)!) }),
    ...Object.entries(services).map(([digits, target]) => number(digits, target)),
    {
      kind: 'trunk',
      after: {
        id: make<TrunkId>(),
        companyId,
        name: 'pstn',
        targets: [{ host: '127.0.0.1', port: 5080, protocol: 'udp' }],
        fromAddresses: ['127.0.0.1:5080'],
        prefixes: ['0', '+'],
        pricePerMinuteMicros: { '': 0 },
        keying: 'none',
        // Nobody is there in a demo: nothing has to be asked.
        health: { intervalSeconds: 0 },
      },
    },
  ]
  const refusal = await store.configuration.change({ by: 'demo' }, (current) =>
    current.domain(demoDomain) ? [] : changes,
  )
  if (refusal) throw new Error(refusal.text)
  const put = demoContacts(companyId, store.clock.now(), store.random)
  const refused = await store.contacts.change({ put }, [])
  if (refused) throw new Error(refused.text)
  return true
}

function toUser({ extension, ...person }: DemoPerson, id: UserId, companyId: CompanyId): User {
  return {
    ...person,
    id,
    companyId,
    domain: demoDomain,
    name: extension,
    extension,
    limits: {},
    ringSeconds: 25,
  }
}
