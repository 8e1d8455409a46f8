import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { openSecretBox, SecretBox } from './secret-box.ts'

const box = new SecretBox(new Uint8Array(32).fill(7))

describe('the secret box', () => {
  it('opens what it sealed, for the same context only', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, context) => {
        const sealed = box.seal(text, context)
        assert.equal(box.open(sealed, context), text)
        assert.throws(() => box.open(sealed, `${context}x`))
      }),
    )
  })

  it('opens nothing that was changed or sealed with another key', () => {
    const sealed = box.seal('secret', 'here')
    const bytes = Buffer.from(sealed.slice(3), 'base64')
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes)
      changed[i]! ^= 1
      assert.throws(() => box.open(`v1.${changed.toString('base64')}`, 'here'))
    }
    assert.throws(() => new SecretBox(new Uint8Array(32)).open(sealed, 'here'))
    assert.throws(() => box.open('plain', 'here'), /unknown form/)
  })

  it('never seals the same text the same way', () => {
    assert.notEqual(box.seal('x', 'y'), box.seal('x', 'y'))
  })
})

describe('the key of a data folder', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-key-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))
  const keys = () => readdir(join(folder, 'keys'))

  it('is not there at all when a start could not write it, so that the next one makes it', () => {
    const program = `
      const { openSecretBox } = await import(${JSON.stringify(join(import.meta.dirname, 'secret-box.ts'))})
      await openSecretBox(${JSON.stringify(folder)}).catch((error) => process.stdout.write(error.code))`
    // A limit of the shell's stands for a full disk: a file gets its name, and not one byte.
    const command = ['ulimit -f 0; exec "$0" --input-type=module -e "$1"', process.execPath, program]
    const { NODE_COMPILE_CACHE: _, ...env } = process.env
    const { stdout, stderr } = spawnSync('sh', ['-c', ...command], { encoding: 'utf8', timeout: 20_000, env })
    assert.equal(stdout, 'EFBIG', stderr)
  })

  it('is made once, whole and for its owner alone, also by two starts at the same time', async () => {
    const [first, second] = await Promise.all([openSecretBox(folder), openSecretBox(folder)])
    assert.equal(second.open(first.seal('secret', 'here'), 'here'), 'secret')
    assert.equal((await openSecretBox(folder)).open(first.seal('secret', 'here'), 'here'), 'secret')
    assert.deepEqual(await keys(), ['secrets.key'])
    const { mode, size } = await stat(join(folder, 'keys', 'secrets.key'))
    assert.deepEqual([mode & 0o777, size], [0o600, 32])
  })

  it('is named with what to do when it is damaged', async () => {
    await writeFile(join(folder, 'keys', 'secrets.key'), 'short')
    await assert.rejects(
      openSecretBox(folder),
      /secrets\.key is damaged: it has 5 bytes instead of 32\. Put the one back/,
    )
  })
})
