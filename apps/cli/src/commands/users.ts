import { changeUser, createCompany, createUser, listCompanies, listDevices, removeUser } from '@vaxel/contract'
import { type Command, tell, textOf } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { allUsers, findUser, type ListedUser } from '../find-user.ts'
import { fields, table } from '../output.ts'
import { readPassword } from '../read-password.ts'

const roles = ['user', 'attendant', 'supervisor', 'administrator'] as const
const languages = ['en', 'sv', 'fr'] as const

/** One of a few words, or a sentence about which. */
function oneOf<const Words extends readonly string[]>(words: Words, typed: string | undefined, option: string) {
  if (typed === undefined) return undefined
  const word = words.find((known) => known === typed)
  if (word === undefined) throw new Failure(`--${option} is one of ${words.join(', ')}.`, exitCodes.usage)
  return word as Words[number]
}

const userFields = (user: ListedUser): string =>
  fields([
    ['id', user.id],
    ['login', user.login],
    ['name', user.displayName],
    ['extension', user.extension],
    ['role', user.role],
    ['language', user.language],
    ['rings', `${user.ringSeconds} s`],
  ])

export const userCommands: readonly Command[] = [
  {
    name: 'user list',
    summary: "the company's users",
    async run(_, running) {
      tell(running, await allUsers(running.api), (users) =>
        table(
          ['LOGIN', 'NAME', 'EXTENSION', 'ROLE', 'LANGUAGE'],
          users.map((user) => [user.login, user.displayName, user.extension ?? '', user.role, user.language]),
        ),
      )
    },
  },
  {
    name: 'user add',
    words: ['NAME', 'DISPLAY-NAME'],
    options: {
      domain: { value: 'DOMAIN', about: "one of the company's domains; its first by default" },
      extension: { value: 'NUMBER', about: 'internal number, made with the user' },
      role: { value: 'ROLE', about: roles.join(', ') },
      language: { value: 'LANGUAGE', about: languages.join(', ') },
      password: { value: 'PASSWORD', about: 'web password; made and shown once if absent' },
    },
    summary: 'make a user; NAME is the login before the @',
    async run(typed, running) {
      const { words } = typed
      const role = oneOf(roles, textOf(typed, 'role'), 'role')
      const language = oneOf(languages, textOf(typed, 'language'), 'language')
      const [name, domain = textOf(typed, 'domain')] = words.name!.split('@')
      const extension = textOf(typed, 'extension')
      const password = textOf(typed, 'password')
      const made = await running.api.call(createUser, {
        body: {
          name: name!,
          displayName: words['display-name']!,
          ...(domain === undefined ? {} : { domain }),
          ...(extension === undefined ? {} : { extension }),
          ...(role === undefined ? {} : { role }),
          ...(language === undefined ? {} : { language }),
          ...(password === undefined ? {} : { password }),
        },
      })
      tell(running, made, ({ user, password: shown }) =>
        shown === undefined ? userFields(user) : `${userFields(user)}\n\nWeb password, shown this once: ${shown}`,
      )
    },
  },
  {
    name: 'user show',
    words: ['USER'],
    summary: 'one user by login, name, extension or id, with devices',
    async run({ words }, running) {
      const user = await findUser(running.api, words.user!)
      const devices = await running.api.call(listDevices, { query: { userId: user.id } })
      tell(running, { user, devices: devices.items }, (shown) =>
        [
          userFields(shown.user),
          '',
          table(
            ['DEVICE', 'LABEL', 'SIP USER NAME', 'KEYING'],
            shown.devices.map(({ id, label, sipUsername, keying }) => [id, label, sipUsername, keying]),
          ),
        ].join('\n'),
      )
    },
  },
  {
    name: 'user change',
    words: ['USER'],
    options: {
      name: { value: 'TEXT', about: 'display name' },
      extension: { value: 'NUMBER', about: 'internal number; "none" takes it away' },
      role: { value: 'ROLE', about: roles.join(', ') },
      language: { value: 'LANGUAGE', about: languages.join(', ') },
      ring: { value: 'SECONDS', about: 'how long devices ring' },
      'new-password': { about: 'a new web password, asked for; all sessions of the user end' },
    },
    summary: 'change what is named of a user',
    async run(typed, running) {
      const { api, environment } = running
      const role = oneOf(roles, textOf(typed, 'role'), 'role')
      const language = oneOf(languages, textOf(typed, 'language'), 'language')
      const displayName = textOf(typed, 'name')
      const extension = textOf(typed, 'extension')
      const ring = textOf(typed, 'ring')
      const user = await findUser(api, typed.words.user!)
      const password = typed.options['new-password']
        ? await readPassword(`New password of ${user.login}: `, environment)
        : undefined
      const changed = await api.call(changeUser, {
        params: { userId: user.id },
        body: {
          ...(displayName === undefined ? {} : { displayName }),
          ...(extension === undefined ? {} : { extension: extension === 'none' ? null : extension }),
          ...(role === undefined ? {} : { role }),
          ...(language === undefined ? {} : { language }),
          ...(ring === undefined ? {} : { ringSeconds: Number(ring) }),
          ...(password === undefined ? {} : { password }),
        },
      })
      tell(running, changed, userFields)
    },
  },
  {
    name: 'user remove',
    words: ['USER'],
    summary: 'remove a user with devices, registrations and own numbers',
    async run({ words }, running) {
      const user = await findUser(running.api, words.user!)
      await running.api.call(removeUser, { params: { userId: user.id } })
      tell(running, { removed: user.id }, () => `${user.login} is removed.`)
    },
  },
  {
    name: 'company list',
    summary: 'companies: the own one, or all for the operator',
    async run(_, running) {
      const { items } = await running.api.call(listCompanies, { query: { limit: 1000 } })
      tell(running, items, (companies) =>
        table(
          ['ID', 'NAME', 'COUNTRY'],
          companies.map(({ id, name, country }) => [id, name, country]),
        ),
      )
    },
  },
  {
    name: 'company add',
    words: ['NAME'],
    options: {
      domain: { value: 'DOMAIN', about: 'its first SIP domain' },
      country: { value: 'CODE', about: 'ISO 3166-1 alpha-2; SE by default' },
    },
    summary: 'make a company (operator)',
    async run(typed, running) {
      const domain = textOf(typed, 'domain')
      const country = textOf(typed, 'country')
      const made = await running.api.call(createCompany, {
        body: {
          name: typed.words.name!,
          ...(domain === undefined ? {} : { domain }),
          ...(country === undefined ? {} : { country }),
        },
      })
      tell(running, made, ({ id, name }) => `${name} is made: ${id}. Act in it with --company ${id}.`)
    },
  },
]
