import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { makeAccountKey } from './acme-orders.ts'
import { CertificateOffice } from './certificate-office.ts'
import { loadOrCreateCertificates } from './platform-certificates.ts'

describe('the office of certificates', () => {
  it('opens with an order that a failing disk has torn, and says so, instead of keeping the server down', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-office-'))
    t.after(() => rm(folder, { recursive: true }))
    const clock = new VirtualClock()
    const current = await loadOrCreateCertificates(folder, ['a.example'], { nowMs: clock.now() })
    let errors = 0
    const open = () =>
      CertificateOffice.open({
        clock,
        log: { ...silentLogger, error: () => errors++ },
        folder,
        keeper: { current, check: async () => {} },
      })
    const order = { directoryUrl: 'https://acme.example/dir', names: ['a.example'] }
    const whole = JSON.stringify({ order, accountKeyPem: await makeAccountKey() })
    for (const torn of ['', 'null', '{}', whole.slice(0, -1), whole.replace(/[A-Za-z0-9+/]{40}/, '')]) {
      errors = 0
      await writeFile(join(folder, 'acme.json'), torn)
      const office = await open()
      assert.equal(office.acme(), undefined)
      office.close()
      assert.equal(errors, 1, torn)
    }
  })
})
