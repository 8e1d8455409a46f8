import { createSession, endSession, readMe } from '@vaxel/contract'
import { type Command, tell } from '../command.ts'
import { Failure } from '../failure.ts'
import { loginFilePath, writeLogin } from '../login-file.ts'
import { fields } from '../output.ts'
import { readPassword, readSecret } from '../read-password.ts'

export const loginCommands: readonly Command[] = [
  {
    name: 'login',
    words: ['LOGIN'],
    summary: 'log in as NAME@DOMAIN; the token is kept in ~/.config/vaxel, readable by you alone',
    details:
      'The password is asked for, or read from VAXEL_PASSWORD or from standard input. Who has a second factor is asked for its code, or gives it in VAXEL_CODE.',
    async run({ words }, running) {
      const { api, environment } = running
      const login = words.login!
      const password = await readPassword(`Password of ${login}: `, environment)
      const code = environment.VAXEL_CODE
      const body = { login, password, ...(code ? { code } : {}) }
      const session = await api.call(createSession, { body }).catch(async (error: unknown) => {
        if (!(error instanceof Failure) || error.code !== 'SESSION_SECOND_FACTOR_NEEDED' || !process.stdin.isTTY)
          throw error
        const typed = await readSecret('Six digits of your authenticator app, or a recovery code: ')
        return api.call(createSession, { body: { ...body, code: typed } })
      })
      const { token, ...shown } = session
      if (token === undefined) throw new Error('The server has told no token.')
      await writeLogin(loginFilePath(environment), api.url, { login, token })
      tell(running, shown, ({ me }) => `Logged in at ${api.url} as ${me.user.displayName} (${me.user.role}).`)
    },
  },
  {
    name: 'logout',
    summary: 'end the login and forget it',
    async run(_, running) {
      const { api, environment } = running
      await api.call(endSession)
      await writeLogin(loginFilePath(environment), api.url, undefined)
      tell(running, {}, () => `Logged out at ${api.url}.`)
    },
  },
  {
    name: 'me',
    summary: 'who you are',
    async run(_, running) {
      tell(running, await running.api.call(readMe), ({ user, company, isOperator }) =>
        fields([
          ['login', user.login],
          ['name', user.displayName],
          ['role', isOperator ? `${user.role}, operator` : user.role],
          ['company', `${company.name} (${company.id})`],
          ['server', running.api.url],
        ]),
      )
    },
  },
]
