import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Api, ApiFault } from '../api/api.ts'
import type { Me } from '../app/app.ts'
import { Session } from './session.ts'

const meOf = (id: string, needs?: string[]) => ({ user: { id }, ...(needs ? { needs } : {}) }) as unknown as Me

function page(answers: Record<string, unknown>) {
  const seen = { calls: [] as string[], isSigned: true, anew: 0, wentTo: [] as string[], forgot: [] as number[] }
  const call = async (id: string) => {
    seen.calls.push(id)
    const answer = answers[id]
    if (answer instanceof Error) throw answer
    return answer
  }
  const session = new Session({ call: call as unknown as Api['call'] } satisfies Api, {
    sign: {
      get: () => seen.isSigned,
      set: (isThere) => {
        seen.isSigned = isThere
      },
    },
    goTo: (url) => seen.wentTo.push(url),
    startAnew: () => seen.anew++,
    endMessages: async () => void seen.forgot.push(seen.calls.length),
  })
  return { session, seen }
}
const fault = (status: number, code = 'X') => new ApiFault({ code, status, title: 'x' })

describe('who is at the page', () => {
  it('is not asked of the server where nobody was', async () => {
    const { session, seen } = page({})
    seen.isSigned = false
    await session.resume()
    assert.deepEqual([session.state.get().name, seen.calls], ['loggedOut', []])
  })

  it('is somebody, somebody who must do something first, nobody, not known, or not let in from here', async () => {
    const outcomes = [meOf('a'), meOf('a', ['new-password']), fault(401), fault(0), fault(403, 'API_OUTSIDE_NETWORKS')]
    const names: string[] = []
    for (const readMe of outcomes) {
      const { session } = page({ readMe })
      await session.resume()
      names.push(session.state.get().name)
    }
    assert.deepEqual(names, ['loggedIn', 'incomplete', 'loggedOut', 'unreachable', 'outside'])
  })

  it('stays on the page when the login ends, until the same person is back; another one finds a new page', async () => {
    const { session, seen } = page({ readMe: meOf('a') })
    await session.resume()
    session.ended()
    assert.equal(session.state.get().name, 'expired')
    session.entered(meOf('a'))
    assert.deepEqual([session.state.get().name, seen.anew], ['loggedIn', 0])
    session.ended()
    session.entered(meOf('b'))
    assert.deepEqual([session.state.get().name, seen.anew], ['expired', 1])
  })

  it('is told nothing any more in this browser once they are logged out, or somebody else wants to log in', async () => {
    const { session, seen } = page({ readMe: meOf('a'), readSsoLogout: {} })
    await session.resume()
    await session.logOut()
    // Before the login ends: the server takes it from nobody else.
    assert.deepEqual([seen.forgot.length, seen.forgot[0]! <= seen.calls.indexOf('endSession')], [1, true])
    session.entered(meOf('a'))
    session.ended()
    assert.equal(seen.forgot.length, 1)
    session.leave()
    assert.equal(seen.forgot.length, 2)
  })

  it('is logged out at the company’s provider too', async () => {
    const { session, seen } = page({ readMe: meOf('a'), readSsoLogout: { url: 'https://idp.example/out' } })
    await session.resume()
    await session.logOut()
    assert.deepEqual(
      [session.state.get().name, seen.isSigned, seen.wentTo],
      ['loggedOut', false, ['https://idp.example/out']],
    )
  })
})
