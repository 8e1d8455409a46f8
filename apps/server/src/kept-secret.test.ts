import assert from 'node:assert/strict'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { browserPhoneKey } from './browser-phone-key.ts'
import { pushKeys } from './push-keys.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'vaxel-secret-'))

describe('a secret of the server', () => {
  it('is made once, for its owner alone', async () => {
    const place = folder()
    const key = await browserPhoneKey(place)
    assert.deepEqual(await browserPhoneKey(place), key)
    assert.equal(statSync(join(place, 'browser-phones.key')).mode & 0o777, 0o600)
    assert.deepEqual(await pushKeys(place), await pushKeys(place))
  })

  it('is made anew where a failing disk left half of it, and is there even where nothing can be written', async () => {
    const place = folder()
    writeFileSync(join(place, 'browser-phones.key'), 'torn')
    writeFileSync(join(place, 'push-keys.json'), '{"publicKey":')
    assert.equal((await browserPhoneKey(place)).length, 32)
    assert.ok((await pushKeys(place)).privateKey)
    assert.equal((await browserPhoneKey('/nowhere/at/all')).length, 32)
  })
})
