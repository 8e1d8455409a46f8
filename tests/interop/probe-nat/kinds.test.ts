import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  becomeInternet,
  hasOwnNetwork,
  HomeNetwork,
  type NatKind,
  Program,
  runInOwnNetwork,
  runTool,
  serverAddress,
  temporaryFolder,
} from '@vaxel/testkit'
import { probeFrom, resultOf } from './homes.ts'

const secondAddress = '203.0.113.2'
const bindingSeconds = 5

/** What RFC 4787 calls what the router was set to. */
const kinds: readonly [NatKind, mapping: string, filtering: string, hairpins: string][] = [
  ['full-cone', 'endpoint-independent', 'endpoint-independent', 'false'],
  ['address-restricted', 'endpoint-independent', 'address-dependent', 'false'],
  ['port-restricted', 'endpoint-independent', 'address-and-port-dependent', 'false'],
  ['symmetric', 'address-and-port-dependent', 'address-and-port-dependent', 'false'],
]

if (hasOwnNetwork())
  describe('the probe behind each kind of NAT, with coturn on two addresses', { concurrency: 4 }, () => {
    let coturn: Program
    before(async () => {
      becomeInternet()
      runTool('ip', ['address', 'add', `${secondAddress}/32`, 'dev', 'lo'])
      const folder = temporaryFolder('coturn')
      coturn = Program.start('turnserver', [
        '-n',
        ...['-L', serverAddress, '-L', secondAddress],
        ...['--listening-port', '3478', '--alt-listening-port', '3479'],
        '--stun-only',
        '--no-tls',
        '--no-dtls',
        '--no-cli',
        ...['--pidfile', `${folder}/pid`, '--log-file', 'stdout', '--verbose'],
      ])
      await coturn.waitForOutput(/IPv4. UDP listener opened on: 203\.0\.113\.2:3479/i)
    })
    after(async () => {
      await coturn?.stop()
    })

    for (const [kind, mapping, filtering, hairpins] of kinds)
      it(`finds a ${kind} router to be what it was set to, and how long it keeps a way open`, async () => {
        const home = await HomeNetwork.make({ kind, bindingSeconds })
        const server = { address: serverAddress, port: 3478 }
        const results = await probeFrom(home, 'nat', { server, silencesSeconds: [2, 9] })
        const { evidence, outcome } = results.find(({ check }) => check === 'nat')!
        const told = JSON.stringify(evidence)
        assert.equal(outcome, 'pass')
        assert.deepEqual([evidence?.['mapping'], evidence?.['filtering']], [mapping, filtering], told)
        assert.equal(evidence?.['hairpinning'], hairpins, told)
        assert.match(evidence?.['mapped'] ?? '', new RegExp(`^${home.publicAddress}:`))
        const { measured, evidence: times } = results.at(-1)!
        assert.deepEqual(
          [measured?.[0]?.value, times?.['closed']],
          [2, '9 s'],
          `kept for ${bindingSeconds} s, found ${JSON.stringify(results.at(-1))}`,
        )
        assert.equal(resultOf(results, 'nat').outcome, 'limit')
      })
  })
else
  it('the probe behind each kind of NAT, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
