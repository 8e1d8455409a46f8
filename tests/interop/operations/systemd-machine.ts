import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually, Program, temporaryFolder } from '@vaxel/testkit'

/** Parts of a machine's start that the service stands after; here they are there at once. */
const targets = ['sysinit', 'basic', 'shutdown', 'network-online', 'time-sync', 'multi-user']

/**
 * systemd as process 1 of a machine of its own: namespaces of processes, mounts, network and control groups, and all of this machine's files below a layer
 * in memory that takes what is written. Nothing that is done in it is done to this machine.
 */
export class SystemdMachine {
  readonly #program: Program
  /** Of process 1, as this machine counts. */
  readonly #init: number

  private constructor(program: Program, init: number) {
    this.#program = program
    this.#init = init
  }

  /** @param options `root`: the folder that is found at `/opt/vaxel` */
  static async start({ root }: { root: string }): Promise<SystemdMachine> {
    const folder = temporaryFolder('systemd')
    const space = join(folder, 'space')
    mkdirSync(space)
    const script = join(folder, 'start.sh')
    writeFileSync(script, scriptOf({ space, root }))
    const spaces = ['--pid', '--mount', '--uts', '--ipc', '--net', '--cgroup']
    const program = Program.start('unshare', ['--fork', '--kill-child', ...spaces, 'sh', '-e', script])
    const init = await eventually('process 1', () => {
      const children = readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, 'utf8')
      return Number(children) || undefined
    })
    const machine = new SystemdMachine(program, init)
    try {
      await eventually('systemd runs', () => machine.run('systemctl is-system-running').output.includes('running'))
    } catch (error) {
      await machine.stop()
      throw new Error(`systemd does not run: ${program.output.slice(-2000)}`, { cause: error })
    }
    return machine
  }

  /** Runs commands in it, as root; it stops at the first that fails. */
  run(commands: string): { readonly status: number | null; readonly output: string } {
    const { status, stdout, stderr } = spawnSync(
      'nsenter',
      ['--target', String(this.#init), '--pid', '--mount', '--uts', '--ipc', '--net', '--cgroup', 'sh', '-e'],
      { input: commands, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: '/root', LANG: 'C.UTF-8' } },
    )
    return { status, output: `${stdout}${stderr}` }
  }

  /** What systemd knows of a unit. */
  show(unit: string, property: string): string {
    return this.run(`systemctl show --value --property=${property} ${unit}`).output.trim()
  }

  async stop(): Promise<void> {
    // Everything in it ends with process 1.
    this.#program.signal('SIGKILL')
    await this.#program.ended
  }
}

/** @param of `space`: an empty folder that is covered */
function scriptOf({ space, root }: { space: string; root: string }): string {
  const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty']
  return `
mount --make-rprivate /
mount -t tmpfs tmpfs ${space} -o mode=755
cd ${space}
mkdir upper work root units
${targets.map((name) => `printf '[Unit]\\nDescription=${name}\\nDefaultDependencies=no\\n' > units/${name}.target`).join('\n')}
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
cd root
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
for folder in run tmp var/tmp var/lib dev etc/systemd/system; do mount -t tmpfs tmpfs $folder -o mode=755; done
chmod 1777 tmp var/tmp
for device in ${devices.join(' ')}; do touch dev/$device; mount --bind /dev/$device dev/$device; done
ln -s pts/ptmx dev/ptmx
mkdir -p dev/pts dev/shm opt/vaxel old
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs tmpfs dev/shm
mount --bind "${root}" opt/vaxel
cp -r ../units run/targets
ip link set lo up
pivot_root . old
umount -l /old
export container=vaxel SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/targets
exec /lib/systemd/systemd --system --unit=multi-user.target --log-target=console --log-level=info
`
}
