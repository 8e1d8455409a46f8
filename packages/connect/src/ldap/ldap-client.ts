import type { EntryQuery, ExternalDirectorySettings, FoundEntry } from '@vaxel/core'
import {
  AndFilter,
  Client,
  type Entry,
  EqualityFilter,
  type Filter,
  FilterParser,
  GreaterThanEqualsFilter,
  OrFilter,
} from 'ldapts'
import { LdapError, ldapErrorOf } from './ldap-faults.ts'
import { type LdapSocket, openLdapSocket } from './ldap-socket.ts'

const pageSize = 500
/** For one page. */
const answerLimitMs = 60_000
/** What tells a domain controller from the next; change numbers count there alone (MS-ADTS §3.1.1.3.2). */
const serverAttributes = ['dsServiceName', 'dnsHostName']

/** One connection to a directory (RFC 4511), read only. Every method throws {@link LdapError}. */
export class LdapClient {
  readonly server: string | undefined
  readonly #client: Client
  readonly #socket: LdapSocket
  readonly #settings: ExternalDirectorySettings

  private constructor(options: {
    client: Client
    socket: LdapSocket
    settings: ExternalDirectorySettings
    server: string | undefined
  }) {
    this.#client = options.client
    this.#socket = options.socket
    this.#settings = options.settings
    this.server = options.server
  }

  static async open(settings: ExternalDirectorySettings, password: string | undefined): Promise<LdapClient> {
    const socket = await openLdapSocket(settings)
    let isUsed = false
    const client = new Client({
      url: 'ldap://directory.invalid',
      timeout: answerLimitMs,
      // Connected, verified and encrypted already; a lost one is never opened anew behind our back, without its login and TLS.
      createConnection: () => {
        if (isUsed) throw new LdapError('lost', 'the connection was lost')
        isUsed = true
        process.nextTick(() => socket.socket.resume())
        return socket.socket
      },
    })
    try {
      if (settings.bindDn !== undefined) await client.bind(settings.bindDn, password ?? '')
      const { searchEntries } = await client.search('', { scope: 'base', attributes: serverAttributes, timeLimit: 30 })
      const root = searchEntries[0]
      const named = root && serverAttributes.flatMap((name) => valuesOf(root).get(name.toLowerCase()) ?? [])
      return new LdapClient({ client, socket, settings, server: named?.length ? named.join(' ') : undefined })
    } catch (error) {
      socket.socket.destroy()
      throw ldapErrorOf(error, settings.bindDn === undefined ? 'lost' : 'login')
    }
  }

  async *search({
    what,
    attributes,
    most,
  }: {
    readonly what: EntryQuery
    readonly attributes: readonly string[]
    readonly most?: number
  }): AsyncGenerator<readonly FoundEntry[]> {
    const { base, scope } = this.#settings
    const options = {
      scope: scope === 'level' ? ('one' as const) : ('sub' as const),
      filter: this.#filter(what),
      attributes: [...attributes],
      paged: { pageSize: Math.min(pageSize, most ?? pageSize) },
      timeLimit: answerLimitMs / 1000,
    }
    try {
      for await (const { searchEntries } of this.#client.searchPaginated(base, options)) {
        this.#socket.answered()
        yield searchEntries.slice(0, most).map(foundEntry)
        if (most !== undefined) return
      }
    } catch (error) {
      throw ldapErrorOf(error, 'lost')
    }
  }

  async read(dn: string, attribute: string): Promise<readonly (string | Uint8Array)[]> {
    try {
      const { searchEntries } = await this.#client.search(dn, {
        scope: 'base',
        attributes: [attribute],
        explicitBufferAttributes: [attribute],
        timeLimit: answerLimitMs / 1000,
      })
      this.#socket.answered()
      const [entry] = searchEntries
      return entry ? (valuesOf(entry).get(attribute.toLowerCase()) ?? []) : []
    } catch (error) {
      const fault = ldapErrorOf(error, 'lost')
      // It has been removed or moved since it was found.
      if (fault.trouble === 'base') return []
      throw fault
    }
  }

  async close(): Promise<void> {
    await this.#client.unbind().catch(() => {})
    this.#socket.socket.destroy()
  }

  /** Values go into the filter as they are, in fields of their own: no character of theirs can be part of the filter (RFC 4511 §4.5.1.7). */
  #filter(what: EntryQuery): Filter {
    const own = parsedFilter(this.#settings.filter)
    if (what.kind === 'all') return own
    const { attribute } = what
    const more =
      what.kind === 'since'
        ? new GreaterThanEqualsFilter({ attribute, value: what.marker })
        : new OrFilter({
            filters: what.values.map(
              (value) =>
                new EqualityFilter({ attribute, value: typeof value === 'string' ? value : Buffer.from(value) }),
            ),
          })
    return new AndFilter({ filters: [own, more] })
  }
}

function parsedFilter(text: string): Filter {
  try {
    return FilterParser.parseString(text)
  } catch (error) {
    throw new LdapError('filter', (error as Error).message)
  }
}

const foundEntry = (entry: Entry): FoundEntry => ({ dn: entry.dn, values: valuesOf(entry) })

/** By attribute without its options (`;lang-sv`): those with options come after those without. */
function valuesOf(entry: Entry): Map<string, (string | Uint8Array)[]> {
  const values = new Map<string, (string | Uint8Array)[]>()
  for (const [attribute, found] of Object.entries(entry).toSorted(([a], [b]) => a.indexOf(';') - b.indexOf(';'))) {
    if (attribute === 'dn') continue
    const name = attribute.split(';', 1)[0]!.toLowerCase()
    const some = (Array.isArray(found) ? found : [found]).map((value) =>
      // What the library gives is a view of all that came with it.
      typeof value === 'string' ? value : new Uint8Array(value),
    )
    // The library names what was asked for and is not there.
    if (some.length > 0) values.set(name, [...(values.get(name) ?? []), ...some])
  }
  return values
}
