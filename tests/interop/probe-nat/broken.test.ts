import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { SiteCheck } from '@vaxel/contract'
import type { CheckName, CheckResult } from '@vaxel/site'
import {
  becomeInternet,
  eventually,
  hasOwnNetwork,
  type HomeNetwork,
  type HomeOptions,
  type Platform,
  runInOwnNetwork,
  runTool,
  serverAddress,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { BrokenGateway, brokenGateways } from '../nat/broken-gateway.ts'
import { arriving, brokenHome, leaving, passing, probeFrom, resultOf } from './homes.ts'

/** A router, what is wrong with it, and what must be found. */
interface Broken {
  readonly suffers: string
  readonly rules?: (check: SiteCheck) => readonly string[]
  readonly options?: Partial<HomeOptions>
  readonly prepare?: (home: HomeNetwork) => Promise<void> | void
  readonly only: readonly CheckName[]
  readonly finds: readonly (readonly [CheckName, outcome: string, finding: string, target?: string])[]
  readonly alsoHolds?: (results: readonly CheckResult[], check: SiteCheck, home: HomeNetwork) => void
}

const gateways: BrokenGateway[] = []
const setMtu = (home: HomeNetwork, bytes: number): void => {
  runTool('ip', ['-n', home.router, 'link', 'set', 'wan', 'mtu', String(bytes)])
  const peer = runTool('ip', ['-o', 'route', 'get', home.publicAddress])
  runTool('ip', ['link', 'set', /dev (\S+)/.exec(peer)![1]!, 'mtu', String(bytes)])
}
const middle = (check: SiteCheck): number => check.ports.sample[check.ports.sample.length >> 1]!

const networks: readonly Broken[] = [
  {
    suffers: 'nothing: a port-restricted router that does its work',
    options: { bindingSeconds: 120 },
    only: ['udp-media', 'nat', 'sip-alg', 'dscp', 'path-mtu'],
    finds: [
      ['udp-media', 'pass', 'udp-open'],
      ['stun', 'pass', 'stun-answers'],
      ['nat', 'pass', 'nat-mapping-same-for-one-address'],
      ['sip-alg', 'pass', 'alg-none', 'UDP'],
      ['sip-alg', 'pass', 'alg-none', 'TCP'],
      ['dscp', 'pass', 'dscp-kept'],
      ['path-mtu', 'pass', 'mtu-whole'],
    ],
    alsoHolds: (results, check) => {
      const udp = resultOf(results, 'udp-media')
      assert.deepEqual(udp.controls, { knownGood: true, closed: check.closedPort === undefined ? 'not-tested' : true })
      assert.equal(udp.measured?.[0]?.value, check.ports.sample.length)
      assert.equal(resultOf(results, 'path-mtu').measured?.[0]?.value, 1500)
      // The server marks what it sends as audio.
      assert.equal(resultOf(results, 'dscp').evidence?.['answers arrived as'], 'EF')
      // Our STUN has one address, and refuses to answer from another (420).
      const filtering = results.find(({ finding }) => finding.key === 'nat-filtering-not-tested')
      assert.equal(filtering?.outcome, 'not-tested')
      assert.equal(resultOf(results, 'nat').evidence?.['server lacks'], 'change-request')
      const lifetime = results.find(({ finding }) => finding.key === 'nat-lifetime-enough')
      assert.equal(lifetime?.outcome, 'pass')
      assert.equal(lifetime.measured?.[0]?.value, 31)
    },
  },
  {
    suffers: 'desk phones miss calls: a symmetric router that forgets after 15 s',
    options: { kind: 'symmetric', bindingSeconds: 15 },
    only: ['nat'],
    finds: [['nat', 'limit', 'nat-lifetime-short']],
    alsoHolds: (results) => {
      const { evidence } = results.find(({ check }) => check === 'nat')!
      assert.equal(evidence?.['mapping'], 'address-and-port-dependent')
      const { values } = resultOf(results, 'nat').finding
      assert.deepEqual(values, { from: 10, to: 20 })
    },
  },
  {
    suffers: 'every call is silent: UDP is blocked',
    rules: () => passing('ip protocol udp drop'),
    only: ['udp-media', 'nat', 'dscp', 'path-mtu'],
    finds: [
      ['udp-media', 'fail', 'udp-blocked'],
      ['stun', 'fail', 'stun-silent'],
      ['nat', 'not-tested', 'nat-needs-stun'],
      ['dscp', 'not-tested', 'dscp-no-echo'],
      ['path-mtu', 'not-tested', 'mtu-no-echo'],
    ],
  },
  {
    suffers: 'one call in two is silent: half of the range is closed',
    rules: (check) => passing(`udp dport ${middle(check)}-${check.ports.mediaRange.to} drop`),
    only: ['udp-media'],
    finds: [['udp-media', 'fail', 'udp-some-blocked']],
    alsoHolds: (results, check) => {
      const closed = check.ports.sample.filter((port) => port >= middle(check))
      assert.equal(resultOf(results, 'udp-media').finding.values['ports'], closed.join(', '))
    },
  },
  {
    suffers: 'audio stops after the first words: only one packet a second passes',
    rules: () => passing('udp sport 1-65535 iifname "wan" limit rate over 1/second burst 1 packets drop'),
    only: ['udp-media'],
    finds: [['udp-media', 'fail', 'udp-some-replies-lost']],
  },
  {
    suffers: 'people are heard and hear nothing: answers do not come in',
    rules: () => passing('iifname "wan" ip protocol udp drop'),
    only: ['udp-media'],
    finds: [['udp-media', 'fail', 'udp-replies-lost']],
  },
  {
    suffers: 'calls ring and drop: the kernel’s own SIP gateway rewrites UDP',
    options: { hasAlg: true },
    only: ['sip-alg'],
    finds: [
      ['sip-alg', 'fail', 'alg-changed', 'UDP'],
      ['sip-alg', 'pass', 'alg-none', 'TCP'],
    ],
    alsoHolds: (results, _check, home) => {
      const { evidence, finding } = resultOf(results, 'sip-alg', 'UDP')
      for (const field of ['Via', 'Contact', 'SDP c=', 'SDP o='])
        assert.ok(String(finding.values['fields']).includes(field), JSON.stringify(finding))
      assert.match(evidence?.['SDP c='] ?? '', new RegExp(`192\\.168\\.1\\.11 → c=IN IP4 ${home.publicAddress}`))
    },
  },
  {
    suffers: 'calls without audio: a gateway rewrites the description alone',
    prepare: async (home) => void gateways.push(await BrokenGateway.install(home, brokenGateways.descriptionOnly)),
    only: ['sip-alg'],
    finds: [['sip-alg', 'fail', 'alg-changed', 'UDP']],
    alsoHolds: (results) => {
      const fields = String(resultOf(results, 'sip-alg', 'UDP').finding.values['fields'])
      assert.ok(/SDP c=/.test(fields) && !/Contact|Via/.test(fields), fields)
    },
  },
  {
    suffers: 'nobody can hang up: a gateway changes our Contact',
    prepare: async (home) => void gateways.push(await BrokenGateway.install(home, brokenGateways.ourContact)),
    only: ['sip-alg'],
    finds: [['sip-alg', 'fail', 'alg-changed', 'UDP']],
    alsoHolds: (results) => {
      const { evidence } = resultOf(results, 'sip-alg', 'UDP')
      assert.match(evidence?.['Contact (answer)'] ?? '', /@203\.0\.113\.1.* → .*@192\.168\.1\.1/)
    },
  },
  {
    suffers: 'phones ring nobody: INVITE over UDP is swallowed',
    rules: () => passing('udp dport 5060 @th,64,48 0x494e56495445 drop'),
    only: ['sip-alg'],
    finds: [
      ['sip-alg', 'fail', 'alg-swallowed', 'UDP'],
      ['sip-alg', 'pass', 'alg-none', 'TCP'],
    ],
  },
  {
    suffers: 'desk phones do not register: port 5060 is closed',
    rules: () => passing('udp dport 5060 drop', 'tcp dport 5060 drop'),
    options: { bindingSeconds: 120 },
    only: ['sip-alg', 'nat'],
    finds: [
      ['nat', 'pass', 'nat-mapping-same-for-one-address'],
      ['sip-alg', 'inconclusive', 'alg-port-closed', 'UDP'],
      ['sip-alg', 'inconclusive', 'alg-port-closed', 'TCP'],
    ],
  },
  {
    suffers: 'audio waits behind downloads: marks are taken off',
    rules: () => passing('oifname "wan" ip dscp set cs0'),
    only: ['dscp'],
    finds: [['dscp', 'limit', 'dscp-bleached']],
  },
  {
    suffers: 'audio is served last: EF becomes CS1',
    rules: () => passing('oifname "wan" ip dscp ef ip dscp set cs1'),
    only: ['dscp'],
    finds: [['dscp', 'limit', 'dscp-changed']],
    alsoHolds: (results) => assert.equal(resultOf(results, 'dscp').evidence?.['EF'], 'DSCP 8'),
  },
  {
    suffers: 'phones have no audio, PCs have: marked packets are dropped',
    rules: () => passing('oifname "wan" ip dscp ef drop'),
    only: ['dscp'],
    finds: [['dscp', 'fail', 'dscp-dropped']],
  },
  {
    suffers: 'nothing: a tunnel of 1,280 bytes whose router says so',
    prepare: (home) => setMtu(home, 1280),
    only: ['path-mtu'],
    finds: [['path-mtu', 'pass', 'mtu-told']],
    alsoHolds: (results) => {
      const { measured, evidence } = resultOf(results, 'path-mtu')
      assert.equal(measured?.[0]?.value, 1280)
      assert.equal(evidence?.['told by ICMP'], '1280 bytes, by 192.168.1.1')
      // 1,280 less headers of 40 and timestamps of 12.
      assert.equal(evidence?.['TCP segment'], '1228 bytes')
    },
  },
  {
    suffers: 'log-in stalls: a black hole at 1,400 bytes, its ICMP filtered',
    prepare: (home) => setMtu(home, 1400),
    rules: () => leaving('icmp type destination-unreachable drop'),
    only: ['path-mtu'],
    finds: [['path-mtu', 'limit', 'mtu-black-hole']],
    alsoHolds: (results) => assert.equal(resultOf(results, 'path-mtu').measured?.[0]?.value, 1400),
  },
  {
    suffers: 'long messages vanish: a line of 1,000 bytes',
    prepare: (home) => setMtu(home, 1000),
    only: ['path-mtu'],
    finds: [['path-mtu', 'limit', 'mtu-small']],
    alsoHolds: (results) => assert.equal(resultOf(results, 'path-mtu').measured?.[0]?.value, 1000),
  },
  {
    suffers: 'video calls over UDP do not come about: fragments are dropped',
    rules: () => arriving('ip frag-off & 0x3fff != 0 drop'),
    only: ['path-mtu'],
    finds: [['path-mtu', 'limit', 'mtu-fragments-lost']],
  },
]

if (hasOwnNetwork())
  describe('the probe in broken networks finds what was set', { concurrency: 5 }, () => {
    let platform: Platform
    const authority = join(temporaryFolder('probe'), 'root.pem')
    before(async () => {
      becomeInternet()
      const environment = {
        VAXEL_BIND: '0.0.0.0',
        VAXEL_SIP_PORT: '5060',
        VAXEL_PUBLIC_ADDRESS: serverAddress,
        VAXEL_MEDIA_PORTS: '20000-29999',
      }
      platform = await startPlatform({ environment })
      writeFileSync(authority, await (await fetch(`${platform.url}/vaxel-root.crt`)).text())
    })
    after(async () => {
      for (const gateway of gateways) gateway.close()
      await platform?.stop()
    })

    /** While the machine is busy with other tests, the server keeps what it has for calls. */
    const begin = (): Promise<SiteCheck> =>
      eventually(
        'a check begun',
        async () => {
          const answer = await fetch(`${platform.url}/api/v1/site/checks`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{}',
          })
          const text = await answer.text()
          if (answer.status === 503) {
            // Asking counts against the address that asks.
            await setTimeout(1_000)
            return false
          }
          assert.equal(answer.status, 201, text)
          return JSON.parse(text) as SiteCheck
        },
        90_000,
      )

    const end = async ({ checkId, echo }: SiteCheck): Promise<void> => {
      const headers = { authorization: `Bearer ${echo.key}` }
      await fetch(`${platform.url}/api/v1/site/checks/${checkId}`, { method: 'DELETE', headers })
    }

    for (const { suffers, rules, options, prepare, only, finds, alsoHolds } of networks)
      it(suffers, async () => {
        const check = await begin()
        const home = await brokenHome({ kind: 'port-restricted', ...options }, rules?.(check))
        await prepare?.(home)
        const base = `https://${serverAddress}:${platform.ports.https}`
        const results = await probeFrom(home, 'site', { base, check, only }, authority)
        await end(check)
        for (const [name, outcome, finding, target] of finds) {
          const found = resultOf(results, name, target)
          assert.deepEqual([found.outcome, found.finding.key], [outcome, finding], JSON.stringify(found))
        }
        alsoHolds?.(results, check, home)
      })
  })
else
  it('the probe in broken networks, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
