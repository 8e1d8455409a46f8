import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { eventually } from '@vaxel/testkit'
import { SystemdMachine } from './systemd-machine.ts'

const root = join(import.meta.dirname, '../../..')
const guide = readFileSync(join(root, 'docs/operations.md'), 'utf8')
/** The commands of a chapter, as somebody types them. */
const commandsOf = (chapter: string): string =>
  new RegExp(`^## ${chapter}$[^]*?^\`\`\`sh\\n([^]*?)^\`\`\``, 'm').exec(guide)![1]!

describe('the service under systemd, installed as the guide says', () => {
  let machine: SystemdMachine
  before(async () => {
    machine = await SystemdMachine.start({ root })
  })
  after(() => machine?.stop())

  const statusOf = (pid: string): string => machine.run(`cat /proc/${pid}/status`).output
  const mainOf = (): string => machine.show('vaxel', 'MainPID')
  const health = () =>
    machine.run('node -e "fetch(\'http://127.0.0.1/healthz\').then(async r => console.log(r.status, await r.text()))"')
      .output

  it('is ready when the command returns, as a user of its own with the right to low ports', () => {
    const [clone, ...rest] = commandsOf('Install').trim().split('\n')
    assert.match(clone!, /^git clone \S+ \/opt\/vaxel$/)
    const { status, output } = machine.run(rest.join('\n'))
    assert.equal(status, 0, output)
    assert.equal(machine.show('vaxel', 'ActiveState'), 'active')
    assert.match(health(), /^200 /)
    const main = statusOf(mainOf())
    const uid = machine.run('id -u vaxel').output.trim()
    assert.notEqual(uid, '0')
    assert.match(main, new RegExp(`^Uid:\\s${uid}\\s${uid}\\s`, 'm'))
    assert.match(main, /^CapEff:\s0000000000000400$/m)
    assert.match(main, /^CapBnd:\s0000000000000400$/m)
    assert.match(main, /^NoNewPrivs:\s1$/m)
    assert.match(main, /^Seccomp:\s2$/m)
    const { output: sockets } = machine.run('ss -Hltn')
    for (const port of [80, 443, 5060, 5061]) assert.match(sockets, new RegExp(`:${port} `))
    assert.equal(machine.run('stat -c "%U %a" /var/lib/vaxel').output.trim(), 'vaxel 700')
  })

  it('is started again when it dies', async () => {
    const before = machine.show('vaxel', 'NRestarts')
    machine.run(`kill -KILL ${mainOf()}`)
    await eventually('it was started again', () => machine.show('vaxel', 'NRestarts') !== before, 30_000)
    await eventually('it is ready', () => machine.show('vaxel', 'ActiveState') === 'active', 60_000)
    assert.match(health(), /^200 /)
  })

  it('is backed up while it runs, by the unit of the night', () => {
    const { status, output } = machine.run(`
cd /opt/vaxel
cp packaging/systemd/vaxel-backup.service packaging/systemd/vaxel-backup.timer /etc/systemd/system/
systemctl daemon-reload
systemctl start vaxel-backup.service
ls /var/lib/vaxel/backups`)
    assert.equal(status, 0, output)
    assert.match(output, /^vaxel-\S+\.backup$/m)
  })

  it('ends when it is stopped, and nothing is left', () => {
    const { status, output } = machine.run('systemctl stop vaxel')
    assert.equal(status, 0, output)
    assert.deepEqual(
      ['ActiveState', 'Result', 'ExecMainStatus'].map((name) => machine.show('vaxel', name)),
      ['inactive', 'success', '0'],
    )
    assert.equal(machine.run('ss -Hltn').output.trim(), '')
  })
})
