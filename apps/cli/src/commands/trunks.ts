import {
  changeTrunk,
  checkTrunk,
  createTrunk,
  listTrunkProfiles,
  listTrunks,
  listTrunkStates,
  type OperationReply,
  removeTrunk,
} from '@vaxel/contract'
import type { ApiClient } from '../api-client.ts'
import { type Command, tell, textOf } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { table } from '../output.ts'
import { readSecret } from '../read-password.ts'

type ListedTrunk = OperationReply<typeof listTrunks>['items'][number]
type Profile = OperationReply<typeof listTrunkProfiles>['items'][number]
type State = OperationReply<typeof checkTrunk>

async function findTrunk(api: ApiClient, wanted: string): Promise<ListedTrunk> {
  const { items } = await api.call(listTrunks, { query: { limit: 1000 } })
  const found = items.find(({ id, name }) => id === wanted || name === wanted)
  if (!found) throw new Failure(`There is no trunk ${wanted}. See: vaxel trunk list`)
  return found
}

/** `HOST[:PORT][/PROTOCOL]` */
function trunkTarget(text: string) {
  const match = /^(\[[^\]]+\]|[^:/]+)(?::(\d+))?(?:\/(udp|tcp|tls))?$/.exec(text)
  if (!match) throw new Failure(`"${text}" is not HOST[:PORT][/udp|tcp|tls].`, exitCodes.usage)
  const [, host, port, protocol = 'udp'] = match
  return {
    host: host!.replace(/[[\]]/g, ''),
    ...(port === undefined ? {} : { port: Number(port) }),
    protocol: protocol as 'udp' | 'tcp' | 'tls',
  }
}

const listOf = (text: string | undefined): string[] | undefined => text?.split(',').map((part) => part.trim())

async function findProfile(api: ApiClient, wanted: string | undefined) {
  if (wanted === undefined) return undefined
  const { items } = await api.call(listTrunkProfiles, { query: {} })
  const found = items.find(({ name }) => name === wanted)
  if (!found)
    throw new Failure(`There is no profile ${wanted}: ${items.map(({ name }) => name).join(', ')}.`, exitCodes.usage)
  const { needs: _, name: profile, ...settings }: Profile = found
  return { ...settings, profile }
}

/** The login, and the registration with it. */
async function account(username: string | undefined, domain: string | undefined) {
  if (username === undefined) {
    if (domain !== undefined) throw new Failure('--register needs --login, the account.', exitCodes.usage)
    return {}
  }
  const password = await readSecret(`Password of ${username}: `)
  return {
    login: { username, password },
    ...(domain === undefined ? {} : { registration: { domain, user: username } }),
  }
}

function stateTable(states: readonly State[]): string {
  return table(
    ['TRUNK', 'TARGET', 'STATE', 'SINCE', 'WHY'],
    states.flatMap(({ name, targets, registration }) => [
      ...(registration
        ? [[name, 'registration', registration.state, registration.since, reason(registration.fault)]]
        : []),
      ...targets.map(({ target, state, since, fault }) => [name, target, state, since, reason(fault)]),
    ]),
  )
}

function reason(fault: State['targets'][number]['fault']): string {
  if (!fault) return ''
  return [fault.kind, fault.status, fault.text].filter((part) => part !== undefined).join(' ')
}

export const trunkCommands: readonly Command[] = [
  {
    name: 'trunk list',
    summary: 'trunks to carriers',
    async run(_, running) {
      const { items } = await running.api.call(listTrunks, { query: { limit: 1000 } })
      tell(running, items, (trunks) =>
        table(
          ['NAME', 'TO', 'FROM', 'PREFIXES', 'KEYING'],
          trunks.map((trunk) => [
            trunk.name,
            trunk.targets.map(({ host, port, protocol }) => `${host}${port ? `:${port}` : ''}/${protocol}`).join(' '),
            trunk.fromAddresses.join(' '),
            trunk.prefixes.join(' '),
            trunk.keying,
          ]),
        ),
      )
    },
  },
  {
    name: 'trunk add',
    words: ['NAME', 'TARGET?'],
    options: {
      profile: { value: 'PROFILE', about: 'what it begins with: provider, pbx, mediation, teams' },
      from: { value: 'ADDRESSES', about: 'sources of its calls, separated by commas (IP or IP:port)' },
      prefixes: { value: 'PREFIXES', about: 'dialled prefixes that go there, separated by commas' },
      channels: { value: 'NUMBER', about: 'calls at once that the carrier takes' },
      'own-host': { value: 'NAME', about: 'the name that the other side knows us by' },
      login: { value: 'USER', about: 'user name that we prove ourselves with; its password is asked for' },
      register: { value: 'DOMAIN', about: 'register there with the login as the account' },
    },
    summary: 'make a trunk; TARGET is HOST[:PORT][/udp|tcp|tls], several by commas',
    async run(typed, running) {
      const from = listOf(textOf(typed, 'from'))
      const prefixes = listOf(textOf(typed, 'prefixes'))
      const channels = textOf(typed, 'channels')
      const ownHost = textOf(typed, 'own-host')
      const profile = await findProfile(running.api, textOf(typed, 'profile'))
      const targets = typed.words.target?.split(',').map(trunkTarget) ?? profile?.targets
      const made = await running.api.call(createTrunk, {
        body: {
          ...profile,
          name: typed.words.name!,
          targets: targets?.filter(({ host }) => host !== '') ?? [],
          ...(from === undefined ? {} : { fromAddresses: from }),
          ...(prefixes === undefined ? {} : { prefixes }),
          ...(channels === undefined ? {} : { channels: Number(channels) }),
          ...(ownHost === undefined ? {} : { ownHost }),
          ...(await account(textOf(typed, 'login'), textOf(typed, 'register'))),
        },
      })
      tell(running, made, ({ name, id }) => `Trunk ${name} is made: ${id}.`)
    },
  },
  {
    name: 'trunk state',
    words: ['TRUNK?'],
    summary: 'how trunks are: targets, registration, calls now',
    async run({ words }, running) {
      const { items } = await running.api.call(listTrunkStates, { query: { limit: 1000 } })
      const wanted =
        words.trunk === undefined ? items : items.filter(({ name, trunkId }) => [name, trunkId].includes(words.trunk!))
      if (wanted.length === 0 && words.trunk !== undefined)
        throw new Failure(`There is no trunk ${words.trunk}. See: vaxel trunk list`)
      tell(running, wanted, stateTable)
    },
  },
  {
    name: 'trunk check',
    words: ['TRUNK'],
    summary: 'ask all targets of a trunk now, and register anew',
    async run({ words }, running) {
      const { id: trunkId } = await findTrunk(running.api, words.trunk!)
      const state = await running.api.call(checkTrunk, { params: { trunkId } })
      tell(running, state, (one) => stateTable([one]))
    },
  },
  {
    name: 'trunk change',
    words: ['TRUNK'],
    options: {
      to: { value: 'TARGETS', about: 'HOST[:PORT][/udp|tcp|tls], several by commas' },
      from: { value: 'ADDRESSES', about: 'sources of its calls, separated by commas (IP or IP:port)' },
      prefixes: { value: 'PREFIXES', about: 'dialled prefixes that go there, separated by commas' },
      channels: { value: 'NUMBER', about: 'calls at once that the carrier takes; "none" for no limit' },
    },
    summary: 'change what is named of a trunk',
    async run(typed, running) {
      const to = listOf(textOf(typed, 'to'))
      const from = listOf(textOf(typed, 'from'))
      const prefixes = listOf(textOf(typed, 'prefixes'))
      const channels = textOf(typed, 'channels')
      const { id: trunkId } = await findTrunk(running.api, typed.words.trunk!)
      const changed = await running.api.call(changeTrunk, {
        params: { trunkId },
        body: {
          ...(to === undefined ? {} : { targets: to.map(trunkTarget) }),
          ...(from === undefined ? {} : { fromAddresses: from }),
          ...(prefixes === undefined ? {} : { prefixes }),
          ...(channels === undefined ? {} : { channels: channels === 'none' ? null : Number(channels) }),
        },
      })
      tell(running, changed, ({ name }) => `Trunk ${name} is changed.`)
    },
  },
  {
    name: 'trunk remove',
    words: ['TRUNK'],
    summary: 'remove a trunk by name or id',
    async run({ words }, running) {
      const trunk = await findTrunk(running.api, words.trunk!)
      await running.api.call(removeTrunk, { params: { trunkId: trunk.id } })
      tell(running, { removed: trunk.id }, () => `Trunk ${trunk.name} is removed.`)
    },
  },
]
