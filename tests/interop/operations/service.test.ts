import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { eventually, FreePorts, Program, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { inDialog, inviteSteps, pause, play, response, scenario, type SippPhone, stopAll } from '../sipp/sipp-phone.ts'

const root = join(import.meta.dirname, '../../..')
const unitFile = join(root, 'packaging/systemd/vaxel.service')
const nobody = 65_534
const unit = readFileSync(unitFile, 'utf8')
const valueOf = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? ''

describe('the unit of systemd', () => {
  it('is found right by systemd itself, and little exposed', async () => {
    const folder = temporaryFolder('unit')
    const names = ['vaxel.service', 'vaxel-backup.service', 'vaxel-backup.timer']
    for (const name of names) cpSync(join(dirname(unitFile), name), join(folder, name))
    const units = names.map((name) => join(folder, name))
    const verified = Program.start('systemd-analyze', ['verify', '--man=no', ...units])
    const { code } = await verified.ended
    assert.equal(code, 0, verified.output)
    assert.doesNotMatch(verified.output, /vaxel/, 'no remark on them')
    for (const [at, threshold] of [
      [0, 25],
      [1, 40],
    ] as const) {
      const secured = Program.start('systemd-analyze', [
        ...['security', '--offline=true', `--threshold=${threshold}`, '--no-pager', units[at]!],
      ])
      assert.equal((await secured.ended).code, 0, secured.output.slice(-3000))
    }
  })

  it('removes backups of more than 14 days, and what was left by those that were cut off, and nothing else', () => {
    const folder = temporaryFolder('backups')
    const oldSeconds = Date.now() / 1000 - 16 * 86_400
    const files = ['vaxel-old.backup', 'vaxel-cut-off.backup.partial', 'by-hand.backup', 'vaxel-new.backup']
    for (const name of files) {
      writeFileSync(join(folder, name), '')
      if (name !== 'vaxel-new.backup') utimesSync(join(folder, name), oldSeconds, oldSeconds)
    }
    const service = readFileSync(join(dirname(unitFile), 'vaxel-backup.service'), 'utf8')
    const [command, ...args] = /^ExecStartPost=(.*)$/m.exec(service)![1]!.split(' ')
    const { status, stderr } = spawnSync(
      command!,
      args.map((arg) => (arg === '/var/lib/vaxel/backups' ? folder : arg)),
      { encoding: 'utf8' },
    )
    assert.equal(status, 0, stderr)
    assert.deepEqual(readdirSync(folder).sort(), ['by-hand.backup', 'vaxel-new.backup'])
  })

  it('waits longer for the server than the server for its calls', () => {
    assert.equal(valueOf('KillSignal'), 'SIGUSR2')
    const configuration = readFileSync(join(root, 'docs/reference/configuration.md'), 'utf8')
    const limit = Number(/VAXEL_DRAIN_LIMIT`.*?(\d+)/.exec(configuration)?.[1])
    assert.ok(Number(valueOf('TimeoutStopSec')) >= limit + 30, `${valueOf('TimeoutStopSec')} s for ${limit} s`)
  })
})

/** Every system call of a set of systemd's, with the sets in it. */
function callsOf(set: string, list: string): Set<string> {
  const [, body = ''] = new RegExp(`^${set}\\n((?:    .*\\n?)*)`, 'm').exec(list) ?? []
  const names = body.split('\n').map((line) => line.trim())
  return new Set(names.flatMap((name) => (name.startsWith('@') ? [...callsOf(name, list)] : [name])))
}

describe('the system calls that the unit allows', () => {
  it('are all that the server makes from its start over a call to its end', { timeout: 90_000 }, async () => {
    const filters = [...unit.matchAll(/^SystemCallFilter=(~?)(@[\w-]+)$/gm)].map(([, not, set]) => ({
      not: not !== '',
      set,
    }))
    assert.deepEqual(filters, [
      { not: false, set: '@system-service' },
      { not: true, set: '@privileged' },
    ])
    const told = Program.start('systemd-analyze', ['syscall-filter', '--no-pager'])
    await told.ended
    const forbidden = callsOf('@privileged', told.output)
    const allowed = [...callsOf('@system-service', told.output)].filter((name) => !forbidden.has(name))
    assert.ok(allowed.length > 250, `${allowed.length} calls`)
    // The audio threads wait and read in batches; nobody speaks in this call.
    assert.ok(['recvmmsg', 'sendmmsg', 'epoll_wait'].every((name) => allowed.includes(name)))
    const data = temporaryFolder('traced')
    const tracing = temporaryFolder('trace')
    for (const folder of [data, tracing]) chownSync(folder, nobody, nobody)
    const trace = join(tracing, 'calls')
    const user = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--no-new-privs']
    const platform = await startPlatform({
      data,
      under: ['setpriv', ...user, 'strace', '-f', '-qq', '-c', '-U', 'name', '-o', trace],
      environment: { HOME: data },
      readyLimitMs: 60_000,
    })
    const free = await FreePorts.claim()
    try {
      const phone: SippPhone = { platform, user: '201', port: await free.port() }
      const hangUp = [pause(300), inDialog('BYE', '201', '600', 3), response(200)]
      const talk = [response(200, 'rrs="true"'), inDialog('ACK', '201', '600', 2)]
      await play(phone, scenario(inviteSteps('201', '600'), talk, hangUp), { service: '600' }).succeed()
      const api = await platform.login()
      await api.request('POST', '/api/v1/drain', {})
      assert.equal((await platform.program.ended).code, 0, platform.output)
    } finally {
      free.release()
      await stopAll()
      await platform.stop()
    }
    const made = readFileSync(trace, 'utf8')
      .split('\n')
      .slice(2)
      .map((line) => line.trim())
    const names = new Set(made.filter((name) => /^[a-z_0-9]+$/.test(name) && name !== 'total'))
    assert.ok(names.size > 40 && names.has('bind'), [...names].join(' '))
    assert.deepEqual(
      [...names].filter((name) => !allowed.includes(name)),
      [],
    )
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
