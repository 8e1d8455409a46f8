import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { describe, it } from 'node:test'
import { NodeCredentials } from './credentials.ts'

describe('credentials', () => {
  const credentials = new NodeCredentials()

  it('checks passwords against argon2id hashes in the form of RFC 9106 encoders', async () => {
    const hash = await credentials.hashPassword('smörgås')
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    assert.equal(await credentials.verifyPassword('smörgås', hash), true)
    assert.equal(await credentials.verifyPassword('smorgas', hash), false)
  })

  it('reads the parameters of a hash that another program made', async () => {
    // echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 (the reference implementation's own example)
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    assert.equal(await credentials.verifyPassword('password', hash), true)
  })

  it('refuses without a hash and for one that is none', async () => {
    assert.equal(await credentials.verifyPassword('x', undefined), false)
    assert.equal(await credentials.verifyPassword('x', 'plain'), false)
  })

  it('does the same work for nobody as for somebody, from the first try on', async (t) => {
    const hash = await credentials.hashPassword('right')
    const argon2 = t.mock.method(crypto, 'argon2')
    syncBuiltinESMExports()
    t.after(() => {
      argon2.mock.restore()
      syncBuiltinESMExports()
    })
    const prices: unknown[][] = []
    for (const known of [undefined, hash]) {
      await new NodeCredentials().verifyPassword('wrong', known)
      prices.push(
        argon2.mock.calls.map(({ arguments: [algorithm, { memory, passes, parallelism, tagLength, nonce }] }) => [
          algorithm,
          { memory, passes, parallelism, tagLength, saltBytes: nonce instanceof Uint8Array && nonce.length },
        ]),
      )
      argon2.mock.resetCalls()
    }
    assert.equal(prices[0]?.length, 1)
    assert.deepEqual(prices[0], prices[1])
  })

  it("makes HA1 as RFC 7616's example has it", () => {
    const [sha256, md5] = credentials.digestSecrets('Mufasa', 'http-auth@example.org', 'Circle of Life')
    assert.deepEqual(
      [sha256?.ha1, md5?.ha1],
      ['7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232', '3d78807defe7de2157e2b0b6573a855f'],
    )
  })
})
