import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CheckName, SiteReport } from '@vaxel/site'
import {
  becomeInternet,
  hasOwnNetwork,
  type HomeNetwork,
  type Platform,
  Program,
  runInOwnNetwork,
  serverAddress,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { brokenHome, passing } from '../probe-nat/homes.ts'
import { TestAuthority } from './certificates.ts'
import { probe, type Probed } from './run-probe.ts'

const catcherPort = 4000

if (hasOwnNetwork())
  describe('the probe behind proxies', { concurrency: 3 }, () => {
    let platform: Platform
    let root: string
    const homes: HomeNetwork[] = []
    const programs: Program[] = []
    before(async () => {
      becomeInternet()
      platform = await startPlatform({
        // Three checks at once hold more ports than the few of a usual test.
        environment: {
          VAXEL_BIND: '0.0.0.0',
          VAXEL_PUBLIC_ADDRESS: serverAddress,
          VAXEL_MEDIA_PORTS: '20000-29999',
        },
        readyLimitMs: 60_000,
      })
      root = join(temporaryFolder('root'), 'root.pem')
      writeFileSync(root, await (await fetch(`${platform.url}/vaxel-root.crt`)).text())
    })
    after(async () => {
      for (const program of programs) await program.stop('SIGKILL')
      for (const home of homes) await home.close()
      await platform?.stop()
    })

    const home = async (rules: readonly string[]): Promise<HomeNetwork> => {
      const made = await brokenHome({ kind: 'port-restricted' }, rules)
      homes.push(made)
      return made
    }
    const inHome = async (
      where: HomeNetwork,
      env: Record<string, string> = {},
    ): Promise<Probed & { readonly report: SiteReport }> => {
      const found = await probeAt(where.addHost().namespace, env)
      return found
    }
    const probeAt = async (
      namespace: string,
      env: Record<string, string>,
    ): Promise<Probed & { readonly report: SiteReport }> => {
      const args = [`${serverAddress}:${platform.ports.https}`, '--ca', root, '--only', 'tcp,tls,web-socket']
      const { code, output, report } = await probe(args, { env, under: ['ip', 'netns', 'exec', namespace] })
      assert.ok(report, output)
      return { code, output, report }
    }
    const found = ({ results }: SiteReport, check: CheckName, target: number): string | undefined => {
      const one = results.find((result) => result.check === check && result.target.includes(String(target)))
      return one && `${one.outcome} ${one.finding.key}`
    }

    it('takes the proxy that the environment names where HTTPS is blocked, and says which programs get nothing', async () => {
      const { https, sips } = platform.ports
      const where = await home(passing(`tcp dport ${https} drop`))
      const { namespace, testAddress } = where.addHost()
      const asked: string[] = []
      const proxy = createServer((_, response) => response.writeHead(405).end())
      proxy.on('connect', ({ url = '' }, socket, head) => {
        asked.push(url)
        const [host, port] = url.split(':')
        const far = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
          far.write(head)
          far.pipe(socket).pipe(far)
        })
        for (const one of [socket, far]) one.on('error', () => one.destroy())
      })
      proxy.listen(0, testAddress)
      await once(proxy, 'listening')
      try {
        const url = `http://${testAddress}:${(proxy.address() as AddressInfo).port}`
        const { report, output } = await probeAt(namespace, { HTTPS_PROXY: url })
        assert.equal(found(report, 'tcp', https), 'pass tcp-by-proxy', output)
        assert.equal(found(report, 'tls', https), 'pass tls-good')
        assert.equal(found(report, 'web-socket', https), 'pass web-socket-answers')
        assert.equal(found(report, 'tcp', sips), 'pass tcp-open')
        assert.ok(
          asked.every((one) => one === `${serverAddress}:${https}`),
          asked.join(' '),
        )
      } finally {
        proxy.close()
        proxy.closeAllConnections()
      }
    })

    it('believes no connection where a transparent proxy answers for every port', async () => {
      const { https, sips } = platform.ports
      const where = await home([
        `chain caught { type nat hook prerouting priority -110; tcp dport != ${https} redirect to :${catcherPort}; }`,
      ])
      programs.push(catcher(where, `TCP-LISTEN:${catcherPort},fork,reuseaddr`, 'OPEN:/dev/null'))
      const { report, output, code } = await inHome(where)
      assert.equal(found(report, 'tcp', sips), 'inconclusive tcp-answers-for-all', output)
      assert.notEqual(code, 0)
    })

    it('sees that TLS is opened on the way, although everything works through it', async () => {
      const { https } = platform.ports
      const authority = new TestAuthority(temporaryFolder('inspection'))
      const { chain, key } = authority.make('inspector', {
        extensions: [`subjectAltName=IP:${serverAddress}`, 'extendedKeyUsage=serverAuth'],
        by: 'root',
      })
      const where = await home([
        `chain caught { type nat hook prerouting priority -110; tcp dport ${https} redirect to :${catcherPort}; }`,
      ])
      const listen = `OPENSSL-LISTEN:${catcherPort},fork,reuseaddr,cert=${chain},key=${key},verify=0`
      programs.push(catcher(where, listen, `OPENSSL:${serverAddress}:${https},verify=0`))
      const { report, output, code } = await inHome(where)
      assert.equal(found(report, 'tls', https), 'fail tls-not-public', output)
      const { values } = report.results.find(({ finding }) => finding.key === 'tls-not-public')!.finding
      assert.equal(values['issuer'], 'Test root')
      assert.equal(found(report, 'web-socket', https), 'pass web-socket-answers')
      assert.equal(code, 2)
    })

    const catcher = ({ router }: HomeNetwork, listen: string, to: string): Program =>
      Program.start('ip', ['netns', 'exec', router, 'socat', listen, to])
  })
else
  it('the probe behind proxies, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
