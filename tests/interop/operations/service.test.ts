import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { eventually, Program, startPlatform, temporaryFolder } from '@vaxel/testkit'

const root = join(import.meta.dirname, '../../..')
const unitFile = join(root, 'packaging/systemd/vaxel.service')
const unit = readFileSync(unitFile, 'utf8')
const valueOf = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? ''

describe('the unit of systemd', () => {
  it('is found right by systemd itself, and little exposed', async () => {
    const folder = temporaryFolder('unit')
    cpSync(unitFile, join(folder, 'vaxel.service'))
    const verified = Program.start('systemd-analyze', ['verify', '--man=no', join(folder, 'vaxel.service')])
    const { code } = await verified.ended
    assert.equal(code, 0, verified.output)
    assert.doesNotMatch(verified.output, /vaxel\.service/, 'no remark on it')
    const secured = Program.start('systemd-analyze', [
      ...['security', '--offline=true', '--threshold=25', '--no-pager', join(folder, 'vaxel.service')],
    ])
    assert.equal((await secured.ended).code, 0, secured.output.slice(-3000))
  })

  it('waits longer for the server than the server for its calls', () => {
    assert.equal(valueOf('KillSignal'), 'SIGUSR2')
    const configuration = readFileSync(join(root, 'docs/reference/configuration.md'), 'utf8')
    const limit = Number(/VAXEL_DRAIN_LIMIT`.*?(\d+)/.exec(configuration)?.[1])
    assert.ok(Number(valueOf('TimeoutStopSec')) >= limit + 30, `${valueOf('TimeoutStopSec')} s for ${limit} s`)
  })
})

describe('the service manager', () => {
  it('is told when the server is ready, that it lives, and that it ends', async () => {
    const folder = temporaryFolder('notify')
    const socket = join(folder, 'notify')
    const manager = Program.start('socat', ['-u', `UNIX-RECV:${socket}`, 'STDOUT'])
    await eventually('the socket is there', () => spawnSync('test', ['-S', socket]).status === 0)
    const platform = await startPlatform({ environment: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '1000000' } })
    try {
      await manager.waitForOutput(/READY=1/)
      await manager.waitForOutput(/WATCHDOG=1[^]*WATCHDOG=1[^]*WATCHDOG=1/)
      await platform.stop()
      await manager.waitForOutput(/STOPPING=1/)
    } finally {
      await platform.stop()
      await manager.stop()
    }
  })
})

describe('a user with nothing but the right to low ports', () => {
  const programs: Program[] = []
  after(async () => {
    for (const program of programs) await program.stop()
  })

  it('runs the server on ports 80, 443, 5060 and 5061, in a network of its own', async () => {
    const data = temporaryFolder('service')
    const nobody = 65_534
    chownSync(data, nobody, nobody)
    const server = [process.execPath, join(root, 'apps/server/src/main.ts')]
    const right = ['--inh-caps=-all,+net_bind_service', '--ambient-caps=-all,+net_bind_service']
    const bounded = ['--bounding-set=-all,+net_bind_service', '--no-new-privs']
    const user = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...right, ...bounded]
    const script = join(temporaryFolder('start'), 'start.sh')
    writeFileSync(script, `ip link set lo up\nexec setpriv ${user.join(' ')} ${server.join(' ')}\n`)
    const program = Program.start('unshare', ['--net', 'sh', script], {
      cwd: data,
      env: {
        VAXEL_DATA: data,
        HOME: data,
        VAXEL_SIP_PORT: '5060',
        VAXEL_SIPS_PORT: '5061',
        VAXEL_STUN_PORT: '3478',
        NODE_COMPILE_CACHE: undefined,
      },
    })
    programs.push(program)
    await program.waitForOutput(/^ready: http:\/\/127\.0\.0\.1:80$/m, 30_000)
    const status = readFileSync(`/proc/${program.pid}/status`, 'utf8')
    assert.match(status, /^Uid:\s65534\s65534/m)
    assert.match(status, /^CapEff:\s0000000000000400$/m)
    assert.match(status, /^CapBnd:\s0000000000000400$/m)
    assert.match(status, /^NoNewPrivs:\s1$/m)
    const sockets = spawnSync('nsenter', ['--net', '-t', String(program.pid), 'ss', '-Hltnup'], { encoding: 'utf8' })
    for (const port of [80, 443, 5060, 5061]) assert.match(sockets.stdout, new RegExp(`127\\.0\\.0\\.1:${port} `))
    program.signal('SIGUSR2')
    assert.equal((await program.ended).code, 0, program.output)
  })
})
