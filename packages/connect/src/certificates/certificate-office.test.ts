import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { makeAccountKey } from './acme-orders.ts'
import { issueCertificate, makeAuthority } from './certificate-issuer.ts'
import { CertificateOffice } from './certificate-office.ts'
import { loadOrCreateCertificates } from './platform-certificates.ts'

const dayMs = 86_400_000

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

  it('refuses an upload that no start could read or use, and says what is wrong with it', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-office-'))
    t.after(() => rm(folder, { recursive: true }))
    const clock = new VirtualClock()
    const nowMs = clock.now()
    const current = await loadOrCreateCertificates(folder, ['a.example'], { nowMs })
    const keeper = { current, check: async () => {} }
    const office = await CertificateOffice.open({ clock, log: silentLogger, folder, keeper })
    t.after(() => office.close())
    const authority = await makeAuthority({ commonName: 'Other', nowMs, lifetimeMs: 365 * dayMs })
    const { certPem, keyPem } = await issueCertificate(authority, {
      commonName: 'a.example',
      names: ['a.example'],
      nowMs,
      lifetimeMs: 90 * dayMs,
      uses: ['serverAuth'],
    })
    const chain = authority.certPem
    const named = (name: string) => certPem.replaceAll('CERTIFICATE', name)
    for (const [what, unsound] of Object.entries({
      'a form that OpenSSL alone takes': named('TRUSTED CERTIFICATE'),
      'the old form': named('X509 CERTIFICATE'),
      'a chain that was cut off': certPem + chain.slice(0, 200),
      'a chain with a sign too many': certPem + chain.replace(/\n(.{10})/, '\n$1!'),
    })) {
      const refusal = await office.upload(unsound, keyPem)
      assert.equal(refusal?.code, 'CERTIFICATE_UNSOUND', what)
      assert.match(refusal.text, /PEM/, what)
      assert.equal(
        (await loadOrCreateCertificates(folder, ['a.example'], { nowMs })).server.certPem,
        current.server.certPem,
      )
    }
    assert.equal(await office.upload(certPem + chain, keyPem), undefined)
    const found = await loadOrCreateCertificates(folder, ['a.example'], { nowMs })
    assert.equal(found.server.certPem, certPem + chain)
  })
})
