import { changeNumber, createNumber, listNumbers, type OperationRequest, removeNumber } from '@vaxel/contract'
import type { ApiClient } from '../api-client.ts'
import { type Command, tell, textOf, type Typed } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { allUsers, findUser } from '../find-user.ts'
import { table } from '../output.ts'

type Target = OperationRequest<typeof createNumber>['body']['target']
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
]
