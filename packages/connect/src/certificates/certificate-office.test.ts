import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
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

  it('says that the chain is missing, and that a key is too weak', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-office-'))
    t.after(() => rm(folder, { recursive: true }))
    // A certificate of OpenSSL begins now.
    const nowMs = Date.now() + 60_000
    const clock = new VirtualClock(nowMs)
    const current = await loadOrCreateCertificates(folder, ['a.example'], { nowMs })
    const keeper = { current, check: async () => {} }
    const office = await CertificateOffice.open({ clock, log: silentLogger, folder, keeper })
    t.after(() => office.close())
    const at = (name: string) => join(folder, name)
    const named = (name: string) => ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:a.example']
    const authority = ['-CA', at('ca.pem'), '-CAkey', at('ca.key')]
    const make = async (name: string, key: string, ...more: string[]) => {
      const common = [
        '-x509',
        '-newkey',
        key,
        '-nodes',
        '-days',
        '30',
        '-keyout',
        at(`${name}.key`),
        '-out',
        at(`${name}.pem`),
      ]
      await promisify(execFile)('openssl', ['req', ...common, ...more])
      return { certPem: await readFile(at(`${name}.pem`), 'utf8'), keyPem: await readFile(at(`${name}.key`), 'utf8') }
    }
    const ca = await make('ca', 'rsa:2048', '-subj', '/CN=Intermediate R3')
    const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE']
    const timestamps = ['-addext', '1.3.6.1.4.1.11129.2.4.2=DER:0402:0000']
    const ofPublic = await make('public', 'rsa:2048', ...named('a.example'), ...authority, ...leaf, ...timestamps)
    const alone = await office.upload(ofPublic.certPem, ofPublic.keyPem)
    assert.match(alone?.text ?? '', /^The certificate of Intermediate R3 is missing/)
    assert.equal(await office.upload(ofPublic.certPem + ca.certPem, ofPublic.keyPem), undefined)
    const ofOwn = await make('own', 'rsa:2048', ...named('a.example'), ...authority, ...leaf)
    assert.equal(
      await office.upload(ofOwn.certPem, ofOwn.keyPem),
      undefined,
      'telephones know an own authority or they do not',
    )
    const weak = await make('weak', 'rsa:1024', ...named('a.example'), ...authority, ...leaf)
    assert.match((await office.upload(weak.certPem, weak.keyPem))?.text ?? '', /too weak for TLS.*2,048 bits/)
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
