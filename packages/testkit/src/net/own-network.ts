import { spawn, spawnSync } from 'node:child_process'

const mark = 'OWN_TEST_NETWORK'

/** Whether this process has a network of its own, in which it may do as it likes. */
export const hasOwnNetwork = (): boolean => process.env[mark] === '1'

/** Runs a system tool to its end. @throws with what it said when it fails */
export function runTool(command: string, args: readonly string[], input?: string): string {
  const ran = spawnSync(command, args, { encoding: 'utf8', timeout: 10_000, ...(input === undefined ? {} : { input }) })
  if (ran.error) throw new Error(`${command} cannot be started: ${ran.error.message}`)
  if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${ran.stderr || ran.stdout}`)
  return ran.stdout
}

/**
 * Runs a test file again in network and mount namespaces of its own, as the "internet" of its networks. Whatever it makes
 * there (namespaces, links, rules) has names that no other run sees, and is gone when the process is gone, however it ends.
 * Not root: root in a user namespace of its own does as well.
 */
export function runInOwnNetwork(file: string): Promise<{ code: number | null; output: string }> {
  return runThere(['--test', '--test-reporter=spec', file])
}

/** As {@link runInOwnNetwork}, for a program that is no test. `output` is all that it printed. */
export function runProgramInOwnNetwork(
  file: string,
  ...args: readonly string[]
): Promise<{ code: number | null; output: string }> {
  return runThere([file, ...args])
}

async function runThere(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const inside = 'mkdir -p /run/netns; mount -t tmpfs none /run/netns && ip link set lo up && exec "$0" "$@"'
  const namespaces = process.getuid?.() === 0 ? '-nm' : '-Urnm'
  // A test run inside a test run would report to the outer one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn('unshare', [namespaces, 'sh', '-c', inside, process.execPath, ...args], {
    env: { ...env, [mark]: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()))
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
    child.on('error', (error) => {
      output += `unshare cannot be started (Debian: util-linux): ${String(error)}`
      resolve(127)
    })
  })
  return { code, output }
}
