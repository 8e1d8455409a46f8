import assert from 'node:assert/strict'
import { it } from 'node:test'
import { NodeCredentials } from '../credentials.ts'
import { demoPasswordHashes } from './password-hashes.ts'
import { demoPeople } from './people.ts'

const credentials = new NodeCredentials()

it('has the hash of the password of everyone in the demo, as it would be made today but for its salt', async () => {
  const parameters = /^\$argon2id\$[^$]+\$[^$]+\$/
  const made = parameters.exec(await credentials.hashPassword('any'))![0]
  assert.deepEqual(
    Object.keys(demoPasswordHashes),
    demoPeople.map(({ extension }) => extension),
  )
  for (const [extension, hash] of Object.entries(demoPasswordHashes)) {
    assert.equal(parameters.exec(hash)?.[0], made, 'a cheaper one would tell by time who is of the demo')
    assert.ok(
      await credentials.verifyPassword(`demo-${extension}`, hash),
      `what hashPassword('demo-${extension}') gives belongs here`,
    )
  }
})
