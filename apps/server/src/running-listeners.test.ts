import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requirementsOf } from '@vaxel/site'
import { settingOfListener, vaxelCatalogue } from '@vaxel/site/catalogues'
import { readCatalogue } from '@vaxel/site/file'
import { readConfiguration, settings } from './configuration.ts'
import { runningListeners } from './running-listeners.ts'

const configured = (environment: Readonly<Record<string, string>>) => {
  const read = readConfiguration(environment, {}, true)
  assert.ok(read.ok)
  return read.configuration
}

describe('what the platform asks of a site', () => {
  it('knows every port of the configuration', () => {
    assert.deepEqual(
      settings.filter(({ key }) => /ports?$/i.test(key)).map(({ variable }) => variable),
      Object.values(settingOfListener),
    )
  })

  it('is made from the configuration, and names no carrier and no database', () => {
    const listeners = runningListeners({
      configuration: configured({
        VAXEL_PUBLIC_ADDRESS: 'voice.example.com',
        VAXEL_WEB_SOCKETS: 'wss://voice.example.com/sip,wss://[2001:db8::7]:8443/sip',
        VAXEL_DATABASE_URL: 'postgres://vaxel:secret@db.internal/vaxel',
        VAXEL_MEDIA_PORTS: '20000-30000',
      }),
      trunks: [
        { targets: [{ protocol: 'udp' }, { protocol: 'tls', port: 5081 }] },
        { targets: [{ protocol: 'udp', port: 5060 }] },
      ],
      certificate: 'acme',
      acmeDirectoryUrl: 'https://acme.example/directory',
    })
    assert.deepEqual(listeners.reachedBy, ['voice.example.com', '2001:db8::7'])
    assert.deepEqual(listeners.trunks, [
      { protocol: 'tls', port: 5081 },
      { protocol: 'udp', port: 5060 },
    ])
    const catalogue = vaxelCatalogue(listeners, '2026112101', '2026-11-21')
    const read = readCatalogue(JSON.stringify(catalogue))
    assert.deepEqual(read.ok ? [] : read.mistakes, [])
    assert.doesNotMatch(JSON.stringify(catalogue), /secret|db\.internal/)
    const flow = (id: string) => requirementsOf(catalogue.requirements, 'flow').find((one) => one.id === id)?.body
    assert.deepEqual(flow('vaxel-phone-media')?.ports, [{ from: 20_000, to: 30_000 }])
    assert.deepEqual(flow('vaxel-database')?.ports, [{ from: 5432, to: 5432 }])
    assert.deepEqual(flow('vaxel-certificate-order')?.to.addresses, [{ name: 'acme.example' }])
  })
})
