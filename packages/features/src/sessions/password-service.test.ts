import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import type { ConfigurationWriter, Credentials, IdentityStore, SessionStore, User } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { SessionDependencies } from './dependencies.ts'
import { FailedLogins } from './failed-logins.ts'
import { PasswordService } from './password-service.ts'
import { SessionService } from './session-service.ts'

const users = new Map([
  ['201@one.test', { id: 'anna', companyId: 'one' }],
  ['201@two.test', { id: 'bo', companyId: 'two' }],
])

/** A service whose look-ups and hashes are counted. */
function counted() {
  const work = { lookedUp: 0, hashed: 0 }
  const current = {
    domain: () => undefined,
    userByAddress: (domain: string, name: string) => users.get(`${name}@${domain}`) as User | undefined,
  }
  const around = {
    configuration: { current } as unknown as ConfigurationWriter,
    sessions: {
      async passwordHash(userId: string) {
        work.lookedUp++
        return userId === 'anna' || userId === 'bo' ? 'hash' : undefined
      },
    } as unknown as SessionStore,
    credentials: {
      async verifyPassword() {
        work.hashed++
        return false
      },
    } as unknown as Credentials,
    clock: new VirtualClock(),
    random: (count: number) => new Uint8Array(count),
    identity: { note: async () => {} } as unknown as IdentityStore,
  } as unknown as SessionDependencies
  const service = new PasswordService(around, new SessionService(around), new FailedLogins(around))
  return { service, work }
}

describe('a wrong login', () => {
  it('costs one look-up and one hash, whoever is meant, until it is slowed, and then nothing', async () => {
    const courses: unknown[] = []
    for (const login of ['201@one.test', '201@two.test', '999@one.test', '201@nowhere.test', '201', '@', '']) {
      const { service, work } = counted()
      const course: unknown[] = []
      for (let i = 0; i < 8; i++) {
        const answer = await service.checkLogin(login, 'wrong', '192.0.2.1')
        course.push([isRefusal(answer) && { ...answer }, { ...work }])
      }
      courses.push(course)
      assert.deepEqual(work, { lookedUp: 5, hashed: 5 }, login)
    }
    for (const course of courses) assert.deepEqual(course, courses[0])
  })
})
