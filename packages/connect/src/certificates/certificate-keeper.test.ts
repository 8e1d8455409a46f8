import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { silentLogger, SteadyClock } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { CertificateKeeper } from './certificate-keeper.ts'
import { loadOrCreateCertificates, type PlatformCertificates } from './platform-certificates.ts'

const dayMs = 86_400_000
const names = ['a.example']

describe('the keeper of certificates', () => {
  let folder: string
  let clock: VirtualClock
  let errors: number
  let renewed: PlatformCertificates[]
  let keeper: CertificateKeeper
  let steady: SteadyClock
  let told: Promise<void>
  let tell: () => void
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-keeper-'))
    clock = new VirtualClock()
    errors = 0
    renewed = []
    steady = new SteadyClock(clock)
    told = new Promise((resolve) => {
      tell = resolve
    })
    keeper = new CertificateKeeper({
      clock: Object.assign(steady, { now: () => clock.now() }),
      log: { ...silentLogger, error: () => errors++ },
      folder,
      names,
      current: await loadOrCreateCertificates(folder, names, { nowMs: clock.now() }),
      onRenewed: (certificates) => {
        renewed.push(certificates)
        tell()
      },
    })
  })
  afterEach(async () => {
    keeper.stop()
    assert.equal(clock.waiting, 0)
    await rm(folder, { recursive: true })
  })

  /** Time passes without the keeper's own look. */
  const pass = (days: number): VirtualClock => Object.assign(clock, { now: () => Date.UTC(2026, 0, 1) + days * dayMs })

  it('does nothing while there is time, and tells a new certificate once when it ends soon', async () => {
    pass(300)
    await keeper.check()
    assert.equal(renewed.length, 0)
    pass(370)
    await keeper.check()
    await keeper.check()
    assert.equal(renewed.length, 1)
  })

  it('goes on after a failure', async () => {
    pass(370)
    await writeFile(join(folder, 'server.pem'), 'damaged')
    await keeper.check()
    assert.equal(errors, 1)
    await rm(join(folder, 'server.pem'))
    await keeper.check()
    assert.equal(renewed.length, 1)
  })

  it('looks at once when the clock was set, and not twelve hours later', { timeout: 10_000 }, async () => {
    clock.setWallClock(400 * dayMs)
    steady.look()
    await told
    assert.equal(renewed.length, 1)
  })
})
