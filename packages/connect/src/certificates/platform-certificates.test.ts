import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { writeKeyedCertificate } from './certificate-files.ts'
import { loadOrCreateCertificates } from './platform-certificates.ts'

const dayMs = 86_400_000
const startMs = Date.UTC(2026, 10, 1)
const names = ['127.0.0.1', '::1', 'demo.vaxel.test', 'Telefon.Example']

describe('the certificates of a platform', () => {
  let root: string
  let count = 0
  const folder = (): string => join(root, `case-${count++}`)
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'vaxel-certificates-'))
  })
  after(() => rm(root, { recursive: true }))

  it('are made once and found again at the next start', async () => {
    const here = folder()
    const made = await loadOrCreateCertificates(here, names, { nowMs: startMs })
    assert.deepEqual(await loadOrCreateCertificates(here, names, { nowMs: startMs + dayMs }), made)
  })

  it('name every host and address, are signed by the own authority and fit their key', async () => {
    const { ca, server, dtls } = await loadOrCreateCertificates(folder(), names, { nowMs: startMs })
    const certificate = new X509Certificate(server.certPem)
    const authority = new X509Certificate(ca.certPem)
    assert.equal(
      certificate.subjectAltName,
      'IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:demo.vaxel.test, DNS:telefon.example',
    )
    assert.equal(certificate.verify(authority.publicKey), true)
    assert.equal(certificate.checkIssued(authority), true)
    assert.equal(authority.ca, true)
    assert.equal(certificate.ca, false)
    assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
    assert.equal(new X509Certificate(dtls.certPem).fingerprint256, dtls.fingerprint)
    assert.match(dtls.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  })

  it('are not written again at a start that changes nothing: on a full disk it would fail', async () => {
    const here = folder()
    await loadOrCreateCertificates(here, names, { nowMs: startMs })
    const files = async () =>
      await Promise.all((await readdir(here)).map(async (name) => (await stat(join(here, name))).ino))
    const before = await files()
    await loadOrCreateCertificates(here, names, { nowMs: startMs + dayMs })
    assert.deepEqual(await files(), before)
  })

  it('say which file cannot be written, and leave no draft with a key of it', async () => {
    const here = folder()
    const { server } = await loadOrCreateCertificates(here, names, { nowMs: startMs })
    const before = await readdir(here)
    await rm(join(here, 'server.pem'))
    await mkdir(join(here, 'server.pem'))
    await assert.rejects(writeKeyedCertificate(join(here, 'server.pem'), server), /server\.pem cannot be written: /)
    assert.deepEqual(await readdir(here), before)
  })

  it('live no longer than browsers accept, 398 days', async () => {
    const { server } = await loadOrCreateCertificates(folder(), names, { nowMs: startMs })
    const { validFromDate, validToDate } = new X509Certificate(server.certPem)
    assert.equal(validToDate.getTime() - validFromDate.getTime() <= 398 * dayMs, true)
  })

  it('keep keys in files that only their owner may read, and leave no draft behind', async () => {
    const here = folder()
    await loadOrCreateCertificates(here, names, { nowMs: startMs })
    assert.deepEqual((await readdir(here)).sort(), ['authority.pem', 'ca.crt', 'dtls.pem', 'server.pem'])
    for (const name of ['authority.pem', 'dtls.pem', 'server.pem']) {
      assert.equal((await stat(join(here, name))).mode & 0o777, 0o600, name)
    }
    assert.doesNotMatch(await readFile(join(here, 'ca.crt'), 'utf8'), /PRIVATE/)
  })

  it('are renewed a month before their end, from the same authority', async () => {
    const here = folder()
    const first = await loadOrCreateCertificates(here, names, { nowMs: startMs })
    const early = await loadOrCreateCertificates(here, names, { nowMs: startMs + 366 * dayMs })
    assert.equal(early.server.certPem, first.server.certPem)
    const later = await loadOrCreateCertificates(here, names, { nowMs: startMs + 368 * dayMs })
    assert.notEqual(later.server.certPem, first.server.certPem)
    assert.notEqual(later.dtls.fingerprint, first.dtls.fingerprint)
    assert.equal(later.ca.certPem, first.ca.certPem)
  })

  it('stay as they are while the clock is not set: another authority would not be trusted by any phone', async () => {
    const here = folder()
    const first = await loadOrCreateCertificates(here, names, { nowMs: startMs })
    for (const unset of [0, Date.UTC(2000, 0, 1), Date.UTC(2010, 0, 1)])
      assert.deepEqual(await loadOrCreateCertificates(here, names, { nowMs: unset }), first)
    assert.deepEqual(await loadOrCreateCertificates(here, names, { nowMs: startMs + dayMs }), first)
  })

  it('that were made before the clock was set are made anew once it is', async () => {
    const here = folder()
    const early = await loadOrCreateCertificates(here, names, { nowMs: 0 })
    const { ca, server } = await loadOrCreateCertificates(here, names, { nowMs: startMs })
    assert.notEqual(ca.certPem, early.ca.certPem)
    assert.equal(new X509Certificate(server.certPem).verify(new X509Certificate(ca.certPem).publicKey), true)
    assert.equal(new X509Certificate(server.certPem).validToDate.getTime() > startMs, true)
  })

  it('are made anew when a name comes to them, and kept when one goes', async () => {
    const here = folder()
    const first = await loadOrCreateCertificates(here, ['a.example'], { nowMs: startMs })
    const more = await loadOrCreateCertificates(here, ['a.example', 'b.example'], { nowMs: startMs })
    assert.notEqual(more.server.certPem, first.server.certPem)
    const fewer = await loadOrCreateCertificates(here, ['b.example'], { nowMs: startMs })
    assert.equal(fewer.server.certPem, more.server.certPem)
  })

  it('refuse a name that is none', async () => {
    await assert.rejects(
      loadOrCreateCertificates(folder(), ['not a name']),
      /"not a name" is neither a DNS name nor an IP address/,
    )
  })

  it('say which file is damaged instead of replacing an authority that phones trust', async () => {
    const here = folder()
    await loadOrCreateCertificates(here, names, { nowMs: startMs })
    await writeFile(join(here, 'authority.pem'), 'nonsense')
    await assert.rejects(
      loadOrCreateCertificates(here, names),
      /authority\.pem must hold a private key and a certificate/,
    )
  })
})
