import {
  changeNumber,
  changeTrunk,
  createNumber,
  createTrunk,
  listNumbers,
  listTrunks,
  type OperationReply,
  type OperationRequest,
  removeNumber,
  removeTrunk,
} from '@vaxel/contract'
import type { ApiClient } from '../api-client.ts'
import { type Command, tell, textOf, type Typed } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { allUsers, findUser } from '../find-user.ts'
import { table } from '../output.ts'

type Target = OperationRequest<typeof createNumber>['body']['target']
type ListedTrunk = OperationReply<typeof listTrunks>['items'][number]
const services = ['echo', 'conference', 'voicemail', 'queue'] as const

const targetOptions = {
  user: { value: 'USER', about: 'reaches this user' },
  group: { value: 'USERS', about: 'rings these users, separated by commas' },
  name: { value: 'TEXT', about: 'name of the group' },
  service: { value: 'SERVICE', about: services.join(', ') },
}

async function targetOf(typed: Typed, api: ApiClient): Promise<Target> {
  const user = textOf(typed, 'user')
  const group = textOf(typed, 'group')
  const service = services.find((known) => known === textOf(typed, 'service'))
  if (user !== undefined) return { kind: 'user', userId: (await findUser(api, user)).id }
  if (service !== undefined) return { kind: 'service', service }
  if (group === undefined) throw new Failure('Say what it reaches: --user, --group or --service.', exitCodes.usage)
  const members = await Promise.all(group.split(',').map((member) => findUser(api, member.trim())))
  return { kind: 'group', name: textOf(typed, 'name') ?? group, userIds: members.map(({ id }) => id) }
}

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

export const numberCommands: readonly Command[] = [
  {
    name: 'number list',
    summary: 'numbers and what they reach',
    async run(_, running) {
      const { items } = await running.api.call(listNumbers, { query: { limit: 1000 } })
      const loginOf = new Map((await allUsers(running.api)).map(({ id, login }) => [id, login]))
      tell(running, items, (numbers) =>
        table(
          ['NUMBER', 'REACHES'],
          numbers.map(({ number, target }) => {
            if (target.kind === 'user') return [number, loginOf.get(target.userId) ?? target.userId]
            if (target.kind === 'service') return [number, target.service]
            if (target.kind === 'short') return [number, target.to]
            const members = target.userIds.map((id) => loginOf.get(id) ?? id)
            return [number, `${target.name}: ${members.join(', ')}`]
          }),
        ),
      )
    },
  },
  {
    name: 'number add',
    words: ['NUMBER'],
    options: targetOptions,
    summary: 'make an extension, or a direct number with its plus sign',
    async run(typed, running) {
      const target = await targetOf(typed, running.api)
      const made = await running.api.call(createNumber, { body: { number: typed.words.number!, target } })
      tell(running, made, ({ number }) => `${number} is made.`)
    },
  },
  {
    name: 'number change',
    words: ['NUMBER'],
    options: targetOptions,
    summary: 'let a number reach something else',
    async run(typed, running) {
      const target = await targetOf(typed, running.api)
      const changed = await running.api.call(changeNumber, {
        params: { number: typed.words.number! },
        body: { target },
      })
      tell(running, changed, ({ number }) => `${number} is changed.`)
    },
  },
  {
    name: 'number remove',
    words: ['NUMBER'],
    summary: 'remove a number',
    async run({ words }, running) {
      await running.api.call(removeNumber, { params: { number: words.number! } })
      tell(running, { removed: words.number }, () => `${words.number} is removed.`)
    },
  },
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
    words: ['NAME', 'TARGET'],
    options: {
      from: { value: 'ADDRESSES', about: 'sources of its calls, separated by commas (IP or IP:port)' },
      prefixes: { value: 'PREFIXES', about: 'dialled prefixes that go there, separated by commas' },
      channels: { value: 'NUMBER', about: 'calls at once that the carrier takes' },
    },
    summary: 'make a trunk; TARGET is HOST[:PORT][/udp|tcp|tls], several by commas',
    async run(typed, running) {
      const from = listOf(textOf(typed, 'from'))
      const prefixes = listOf(textOf(typed, 'prefixes'))
      const channels = textOf(typed, 'channels')
      const made = await running.api.call(createTrunk, {
        body: {
          name: typed.words.name!,
          targets: typed.words.target!.split(',').map(trunkTarget),
          ...(from === undefined ? {} : { fromAddresses: from }),
          ...(prefixes === undefined ? {} : { prefixes }),
          ...(channels === undefined ? {} : { channels: Number(channels) }),
        },
      })
      tell(running, made, ({ name, id }) => `Trunk ${name} is made: ${id}.`)
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
